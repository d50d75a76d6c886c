/** Which stage may know which: the data's way, one direction. Everything else is an error with its reason. */
const layer = (name, mayUse, why) => ({
  name: `${name}-knows-its-place`,
  severity: 'error',
  comment: why,
  from: { path: `^src/${name}/` },
  to: { path: '^src/', pathNot: `^src/(${[name, ...mayUse].join('|')})/|^src/(failure|checkpoint|extremes)\\.ts$` },
})

export default {
  forbidden: [
    layer('text', [], 'a leaf: it knows characters and nothing of packets'),
    layer('engine', [], 'the leaf that everything works on: memory and the code that is compiled for it'),
    layer('capture', ['engine', 'text'], 'bytes become frames without knowledge of what is in them'),
    layer('packet', ['capture', 'text'], 'frames become packets; a packet knows nothing of its flow'),
    layer(
      'flow',
      ['packet', 'capture', 'engine', 'text'],
      'packets become flows; what is good or bad is not judged here',
    ),
    layer('yaml', ['text'], 'places in a file, whatever the file says'),
    layer('filter', ['flow', 'packet', 'capture', 'text'], 'filters read packets and flows'),
    layer('diagnosis', ['flow', 'capture', 'text'], 'rules read flows and signals, never packets'),
    layer('log', ['capture', 'text', 'yaml'], 'logs become events without knowledge of packets'),
    layer('correlation', ['log', 'diagnosis', 'flow', 'packet', 'capture', 'text'], 'events meet flows'),
    layer(
      'timeline',
      ['correlation', 'log', 'diagnosis', 'flow', 'packet', 'capture', 'text'],
      'events and flows on one axis',
    ),
    layer(
      'report',
      ['timeline', 'correlation', 'diagnosis', 'flow', 'packet', 'log', 'capture', 'engine', 'text'],
      'reporters read what was found and make text of it',
    ),
    layer('baseline', ['report', 'diagnosis', 'yaml', 'text'], 'what is known is taken out of a finished report'),
    layer(
      'redaction',
      ['report', 'compare', 'timeline', 'correlation', 'diagnosis', 'packet', 'log', 'capture', 'text'],
      'what tells too much is taken out of what is finished: reports, comparisons, lists, copies of captures',
    ),
    {
      name: 'details-knows-its-place',
      severity: 'error',
      comment:
        'a second scan, and what was found of the first, become what a page shows; only the command line asks for it',
      from: { path: '^src/details/' },
      to: {
        path: '^src/',
        pathNot: '^src/(details|report|correlation|diagnosis|flow|packet|log|text)/|^src/scan\\.ts$',
      },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'a cycle has no first file to read',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'files-in-their-rooms',
      severity: 'error',
      comment: 'files are opened by byte sources, by writers and by the command line',
      from: { path: '^src/', pathNot: '^src/(capture|engine|log|cli|check)/|^src/version\\.ts$' },
      to: { path: '^(node:)?fs' },
    },
    {
      name: 'drawing-in-report',
      severity: 'error',
      comment: 'colour and tables are the terminal reporter’s',
      from: { path: '^src/', pathNot: '^src/report/' },
      to: { path: 'node_modules/(chalk|cli-table3)' },
    },
    {
      name: 'source-stands-alone',
      severity: 'error',
      comment: 'what is shipped needs neither tests nor fixtures',
      from: { path: '^src/' },
      to: { path: '^(test|bench|fixtures|scripts)/' },
    },
    {
      name: 'nobody-calls-the-command-line',
      severity: 'error',
      comment: 'the library works without it',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'a wrong path hides from every other rule',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
