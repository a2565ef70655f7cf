// What can be taken away of a version of a model, and what is told of it.

/** The packaged bundle as an archive, the graph alone, the card as a page or as Markdown. */
export const downloadables = ['bundle', 'onnx', 'card-html', 'card-md'] as const
export type Downloadable = (typeof downloadables)[number]

/** A file that is ready to be taken away. */
export type Download = {
  id: string
  /** Letters, digits, dots, dashes and underscores alone, so that every system and header can have it. */
  name: string
  /** The media type. */
  type: string
  bytes: number
  /** Of the whole file, in hexadecimal, as `sha256sum` prints it. */
  sha256: string
}
