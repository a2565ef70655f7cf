// Bytes in words.

/** Such as `512 MiB` or `1.5 GiB`. */
export const inUnits = (bytes: number) =>
  bytes < 2 ** 30 ? `${Math.ceil(bytes / 2 ** 20)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`
