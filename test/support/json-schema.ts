// As much of JSON Schema (draft 7) as the schemas kept in the tests use; anything else in one is an error.
type Schema = {[key: string]: unknown}

const annotations = ['title', 'description', 'default', 'version', '$schema', '$id', 'definitions']

/** Every way in which a value breaks a schema, as `path: what`. */
export function violations(root: Schema, value: unknown): string[] {
  const check = (schema: Schema, at: unknown, path: string): string[] =>
    Object.entries(schema).flatMap(([keyword, rule]) => {
      if (annotations.includes(keyword)) return []
      const test = keywords[keyword]
      if (!test) throw new Error(`${path}: this checker does not know "${keyword}"`)
      return test(rule as never, at as never, path, schema)
    })
  const resolve = (ref: string) =>
    ref
      .slice(2)
      .split('/')
      .reduce<Schema>((schema, key) => schema[key] as Schema, root)
  const broken = (fine: boolean, path: string, what: string) => (fine ? [] : [`${path}: ${what}`])
  const is = (type: unknown, at: unknown) =>
    type === 'array'
      ? Array.isArray(at)
      : type === 'object'
        ? typeof at === 'object' && at !== null && !Array.isArray(at)
        : String(typeof at) === type
  const entries = (at: unknown) => (is('object', at) ? Object.entries(at as object) : [])

  type Keyword = (rule: never, at: never, path: string, schema: Schema) => string[]
  const keywords: Record<string, Keyword> = {
    type: (type: string, at: unknown, path) => broken(is(type, at), path, `not ${type}`),
    $ref: (ref: string, at: unknown, path) => check(resolve(ref), at, path),
    anyOf: (any: Schema[], at: unknown, path) =>
      broken(
        any.some(one => check(one, at, path).length === 0),
        path,
        'fits none',
      ),
    enum: (known: unknown[], at: unknown, path) => broken(known.includes(at), path, `${at}`),
    properties: (known: Record<string, Schema>, at: unknown, path) =>
      entries(at).flatMap(([key, v]) => (known[key] ? check(known[key], v, `${path}.${key}`) : [])),
    additionalProperties: (rule: false | Schema, at: unknown, path, {properties = {}}) =>
      entries(at)
        .filter(([key]) => !Object.hasOwn(properties as object, key))
        .flatMap(([key, v]) =>
          rule === false ? [`${path}.${key}: not allowed`] : check(rule, v, `${path}.${key}`),
        ),
    required: (names: string[], at: unknown, path) =>
      names.flatMap(n => broken(Object.hasOwn(at as object, n), path, `no ${n}`)),
    items: (schema: Schema, at: unknown, path) =>
      Array.isArray(at) ? at.flatMap((v, i) => check(schema, v, `${path}[${i}]`)) : [],
    maxLength: (most: number, at: string, path) => broken(at.length <= most, path, 'too long'),
    minItems: (least: number, at: unknown[], path) => broken(at.length >= least, path, 'too few'),
    maxItems: (most: number, at: unknown, path) =>
      broken(!Array.isArray(at) || at.length <= most, path, 'too many'),
    // Without `contains`, as in these schemas, it says nothing.
    maxContains: () => [],
    minimum: (least: number, at: number, path) => broken(at >= least, path, 'too small'),
    pattern: (source: string, at: string, path) =>
      broken(new RegExp(source).test(at), path, 'pattern'),
    // An unknown keyword of the SageMaker schema itself, which validators pass over.
    function: () => [],
    notes: () => [],
  }
  return check(root, value, '$')
}
