// Os tipos de célula. Em inglês cada tipo traz as próprias palavras.
export const kinds: Record<string, {title: string; doc?: string}> = {}
