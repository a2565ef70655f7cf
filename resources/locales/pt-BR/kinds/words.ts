/** As palavras de um tipo de célula. Sem `doc` só onde o próprio tipo não tem descrição. */
export type KindWords = {title: string; doc?: string; params?: Record<string, ParamWords>}

/** As duas juntas: quem procura um parâmetro recebe ambas do mesmo lugar. */
export type ParamWords = {label: string; description: string}

export type Kinds = Record<string, KindWords>
