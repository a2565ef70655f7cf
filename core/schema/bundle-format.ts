// Apart from the schemas, so that the served program can check it without carrying zod.

/** Raised when the files of a bundle change in a way that an older server would misread. */
export const bundleFormat = 1
