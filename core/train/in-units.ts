// Bytes in words.
import {type Phrase, says} from '../words/says.ts'

/** Such as `512 MiB` or `1.5 GiB`. */
export const inUnits = (bytes: number): Phrase =>
  bytes < 2 ** 30
    ? says`${Math.ceil(bytes / 2 ** 20)} MiB`
    : says`${Math.round((bytes / 2 ** 30) * 10) / 10} GiB`
