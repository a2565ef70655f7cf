// A file of `data/`, or a folder of images, as a list shows it.

export type DataFile = {
  /** In the project, such as `data/penguins.csv`. */
  path: string
  bytes: number
  /** ISO 8601. */
  modified: string
  /** Of a folder of images: how many are in it and the folders below. */
  images?: number
}

/** Endings of image files, those that are not read included: they are told, not passed over. */
const endings = /\.(png|jpe?g|jfif|gif|webp|bmp|tiff?|hei[cf]|avif)$/i

/** The folder of `data/` that an image lies in, as lists show it: `data/pets` of `data/pets/cat/1.png`. */
export function imageFolder(path: string): string | undefined {
  const [data, folder, ...rest] = path.split('/')
  return rest.length > 0 && isImage(path) ? `${data}/${folder}` : undefined
}

/** Whether a file's name is that of an image. */
export const isImage = (name: string): boolean => endings.test(name)
