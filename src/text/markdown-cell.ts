/** A text as a cell of a Markdown table: nothing in it is markup. */
export const markdownCell = (text: string): string => text.replace(/[\\`*_{}[\]|~$<>&]/g, '\\$&')
