import { outlineKey, partingOf, type Story } from './story.ts'

/** All connections to one port: what one service did for its clients. */
export interface Role {
  readonly port: number | string
  readonly stories: readonly Story[]
}

/** Two stories that are told side by side, each standing for all of its outline. */
export interface StoryPair {
  readonly a: Story
  readonly b: Story
  /** How many connections each stands for. */
  readonly countA: number
  readonly countB: number
  /** Index into both outlines of the first step that differs; null where none does. */
  readonly parting: number | null
}

/** The same service in both captures. */
export interface RolePair {
  readonly a: Role
  readonly b: Role
  /** `port`: both listen there. `sizes`: their messages are of the same sizes. */
  readonly by: 'port' | 'sizes'
  readonly pairs: readonly StoryPair[]
  /** Attempts that were never answered by a SYN-ACK. */
  readonly attemptsA: readonly Story[]
  readonly attemptsB: readonly Story[]
  /** Some of them were made after a connection had come about. */
  readonly lateA: boolean
  readonly lateB: boolean
}

export interface Pairing {
  readonly roles: readonly RolePair[]
  readonly onlyA: readonly Role[]
  readonly onlyB: readonly Role[]
}

/** Groups stories by the port that was connected to, in order of first packets. */
export function rolesOf(stories: readonly Story[]): Role[] {
  const roles = new Map<number | string, Story[]>()
  for (const story of stories) {
    const known = roles.get(story.server.port)
    if (known === undefined) roles.set(story.server.port, [story])
    else known.push(story)
  }
  return [...roles].map(([port, grouped]) => ({ port, stories: grouped }))
}

/** Finds which service of `a` is which of `b`: by its port, or else by the sizes of what is said. */
export function pairRoles(a: readonly Role[], b: readonly Role[]): Pairing {
  const leftA = [...a]
  const leftB = [...b]
  const roles: RolePair[] = []
  const take = (one: Role, other: Role, by: RolePair['by']) => {
    leftA.splice(leftA.indexOf(one), 1)
    leftB.splice(leftB.indexOf(other), 1)
    roles.push(pairOf(one, other, by))
  }
  for (const one of a) {
    const other = leftB.find((role) => role.port === one.port)
    if (other !== undefined) take(one, other, 'port')
  }
  for (const one of [...leftA]) {
    const scored = leftB.map((role) => ({ role, score: likeness(one, role) })).filter(({ score }) => score > 0)
    const best = scored.sort((x, y) => y.score - x.score)[0]
    if (best !== undefined) take(one, best.role, 'sizes')
  }
  return { roles, onlyA: leftA, onlyB: leftB }
}

/** How much two services say alike: sizes of messages that both clients or both servers send, and equal outlines. */
function likeness(a: Role, b: Role): number {
  const sizes = (role: Role) =>
    new Set(
      role.stories.flatMap(({ flow }) =>
        flow.ends.flatMap((end, side) => [...end.sizes.keys()].map((size) => `${side}:${size}`)),
      ),
    )
  const other = sizes(b)
  const shared = [...sizes(a)].filter((size) => other.has(size)).length
  if (shared === 0) return 0
  const outlines = new Set(b.stories.map(outlineKey))
  return shared + (a.stories.some((story) => outlines.has(outlineKey(story))) ? 1000 : 0)
}

/** Stories of one outline, told by their first. */
interface Kind {
  readonly story: Story
  count: number
}

function kindsOf(stories: readonly Story[]): Kind[] {
  const kinds: Kind[] = []
  for (const story of stories) {
    const known = kinds.find((kind) => partingOf(kind.story, story) === null)
    if (known === undefined) kinds.push({ story, count: 1 })
    else known.count++
  }
  return kinds
}

function pairOf(a: Role, b: Role, by: RolePair['by']): RolePair {
  const attempt = (story: Story) => !story.flow.established
  const kindsA = kindsOf(a.stories.filter((story) => !attempt(story)))
  const kindsB = kindsOf(b.stories.filter((story) => !attempt(story)))
  const pairs: StoryPair[] = []
  const told = new Set<Kind>()
  const tell = (one: Kind, other: Kind, parting: number | null) => {
    told.add(one).add(other)
    pairs.push({ a: one.story, b: other.story, countA: one.count, countB: other.count, parting })
  }
  for (const one of kindsA) {
    const other = kindsB.find((kind) => !told.has(kind) && partingOf(one.story, kind.story) === null)
    if (other !== undefined) tell(one, other, null)
  }
  // What has no equal is told beside what it went along with longest.
  for (const one of kindsA.filter((kind) => !told.has(kind))) nearest(one, kindsB, (other, at) => tell(one, other, at))
  for (const other of kindsB.filter((kind) => !told.has(kind)))
    nearest(other, kindsA, (one, at) => tell(one, other, at))
  const late = (role: Role) =>
    role.stories.findIndex((story) => !attempt(story)) < role.stories.findLastIndex(attempt) &&
    !role.stories.every(attempt)
  const attempts = { attemptsA: a.stories.filter(attempt), attemptsB: b.stories.filter(attempt) }
  return { a, b, by, pairs, ...attempts, lateA: late(a), lateB: late(b) }
}

function nearest(kind: Kind, others: readonly Kind[], tell: (other: Kind, parting: number | null) => void): void {
  let best: { other: Kind; parting: number } | null = null
  for (const other of others) {
    const parting = partingOf(kind.story, other.story) ?? Number.POSITIVE_INFINITY
    if (best === null || parting > best.parting) best = { other, parting }
  }
  if (best !== null) tell(best.other, Number.isFinite(best.parting) ? best.parting : null)
}
