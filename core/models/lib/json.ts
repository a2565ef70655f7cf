// Figures of a fitted model as a file of its run.

/** The bytes of one line of JSON. */
export const json = (record: object) => new TextEncoder().encode(`${JSON.stringify(record)}\n`)
