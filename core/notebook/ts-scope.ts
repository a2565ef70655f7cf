// The free names of a TypeScript tree: what it uses and does not declare itself.

/** A node of ESTree, or of its extension for TypeScript. */
export type Node = {type: string; start: number; end: number; [key: string]: unknown}

/** A name that comes from outside the text. Offsets in UTF-16 units. */
export type FreeName = {
  name: string
  start: number
  end: number
  /** `{adults}` stands for `{adults: adults}`, so another name there takes its property along. */
  shorthand: boolean
  /** `typeof adults` as a type, or `declare const adults`: nothing is read when the cell runs. */
  typeOnly: boolean
  /** `typeof adults` as a value, which is there to ask whether the name exists. */
  asked: boolean
}

type Scope = {names: Set<string>; outer?: Scope}

/** Where a node keeps types and nothing that runs. */
const typeKeys = new Set([
  'typeAnnotation',
  'typeParameters',
  'typeArguments',
  'superTypeParameters',
  'superTypeArguments',
  'returnType',
  'implements',
])

export function freeNames(program: Node): FreeName[] {
  const found: FreeName[] = []

  const use = (node: Node, scope: Scope, as: Partial<FreeName> = {}) => {
    const name = String(node.name)
    for (let s: Scope | undefined = scope; s; s = s.outer) if (s.names.has(name)) return
    const {start} = node
    // With a type behind it, a name's node goes on to the end of the type.
    const end = start + name.length
    found.push({name, start, end, shorthand: false, typeOnly: false, asked: false, ...as})
  }

  const types = (node: unknown, scope: Scope): void => {
    for (const child of children(node)) {
      if (child.type === 'TSTypeQuery') {
        let name = child.exprName as Node
        while (name.type === 'TSQualifiedName') name = name.left as Node
        if (name.type === 'Identifier') use(name, scope, {typeOnly: true})
        types(child.typeArguments, scope)
      } else types(child, scope)
    }
  }

  /** The values inside a pattern: defaults and computed keys. Its names are declared already. */
  const pattern = (node: unknown, scope: Scope): void => {
    if (!isNode(node)) return
    types(node.typeAnnotation, scope)
    if (node.type === 'ObjectPattern')
      for (const property of node.properties as Node[]) {
        if (property.type === 'RestElement') pattern(property, scope)
        else {
          if (property.computed) visit(property.key, scope)
          pattern(property.value, scope)
        }
      }
    else if (node.type === 'ArrayPattern')
      for (const element of node.elements as unknown[]) pattern(element, scope)
    else if (node.type === 'AssignmentPattern') {
      pattern(node.left, scope)
      visit(node.right, scope)
    } else if (node.type === 'RestElement') pattern(node.argument, scope)
    else if (node.type === 'TSParameterProperty') pattern(node.parameter, scope)
  }

  const generic = (node: Node, scope: Scope): void => {
    for (const [key, value] of Object.entries(node)) {
      if (typeKeys.has(key)) types([value], scope)
      else for (const child of nodes(value)) visit(child, scope)
    }
  }

  const callable = (node: Node, outer: Scope): void => {
    const own = node.type === 'FunctionExpression' ? boundNames(node.id) : []
    const params = node.params as Node[]
    const scope: Scope = {
      names: new Set([
        ...own,
        ...params.flatMap(boundNames),
        ...vars(node.body),
        ...lexical(node.body),
      ]),
      outer,
    }
    if (node.type !== 'ArrowFunctionExpression') scope.names.add('arguments')
    for (const param of params) pattern(param, scope)
    types([node.typeParameters, node.returnType], scope)
    // A block's own declarations are in this scope already.
    if (isNode(node.body) && node.body.type === 'BlockStatement') generic(node.body, scope)
    else visit(node.body, scope)
  }

  const block = (node: Node, outer: Scope, names: string[] = lexical(node)): void =>
    generic(node, {names: new Set(names), outer})

  const special: Record<string, (node: Node, scope: Scope) => void> = {
    Identifier: (node, scope) => {
      use(node, scope)
      types([node.typeAnnotation], scope)
    },
    MemberExpression: (node, scope) => {
      visit(node.object, scope)
      if (node.computed) visit(node.property, scope)
    },
    Property: (node, scope) => {
      if (node.computed) visit(node.key, scope)
      const value = node.value as Node
      if (!node.shorthand) visit(value, scope)
      else if (value.type === 'Identifier') use(value, scope, {shorthand: true})
      else {
        use(value.left as Node, scope, {shorthand: true})
        visit(value.right, scope)
      }
    },
    UnaryExpression: (node, scope) => {
      const argument = node.argument as Node
      if (node.operator === 'typeof' && argument.type === 'Identifier')
        use(argument, scope, {asked: true})
      else visit(argument, scope)
    },
    VariableDeclaration: (node, scope) => {
      for (const {id, init} of node.declarations as {id: Node; init: unknown}[]) {
        if (node.declare && id.type === 'Identifier') use(id, scope, {typeOnly: true})
        pattern(id, scope)
        visit(init, scope)
      }
    },
    FunctionDeclaration: callable,
    FunctionExpression: callable,
    ArrowFunctionExpression: callable,
    ClassDeclaration: (node, scope) => special.ClassExpression!(node, scope),
    ClassExpression: (node, outer) => {
      const {id, ...rest} = node
      generic(rest as Node, {names: new Set(boundNames(id)), outer})
    },
    MethodDefinition: (node, scope) => member(node, scope),
    PropertyDefinition: (node, scope) => member(node, scope),
    AccessorProperty: (node, scope) => member(node, scope),
    StaticBlock: (node, scope) => block(node, scope, [...lexical(node), ...vars(node)]),
    BlockStatement: block,
    SwitchStatement: (node, scope) => {
      const cases = node.cases as Node[]
      const names = cases.flatMap(one => lexical({...one, body: one.consequent}))
      block(node, scope, names)
    },
    ForStatement: (node, scope) => block(node, scope, declared(node.init)),
    ForInStatement: (node, scope) => block(node, scope, declared(node.left)),
    ForOfStatement: (node, scope) => block(node, scope, declared(node.left)),
    CatchClause: (node, outer) => {
      const scope = {names: new Set(boundNames(node.param)), outer}
      pattern(node.param, scope)
      visit(node.body, scope)
    },
    LabeledStatement: (node, scope) => visit(node.body, scope),
    BreakStatement: () => {},
    ContinueStatement: () => {},
    MetaProperty: () => {},
    ImportDeclaration: () => {},
    ExportAllDeclaration: () => {},
    ExportNamedDeclaration: (node, scope) => {
      visit(node.declaration, scope)
      if (!node.source)
        for (const {local} of node.specifiers as {local: Node}[])
          if (local.type === 'Identifier') use(local, scope)
    },
    TSEnumDeclaration: (node, outer) => {
      const members = node.members as {id: Node; initializer: unknown}[]
      const names = new Set(members.flatMap(({id}) => boundNames(id)))
      for (const {initializer} of members) visit(initializer, {names, outer})
    },
    TSModuleDeclaration: (node, scope) => {
      if (node.declare || !isNode(node.body)) return
      block(node.body, scope, [...lexical(node.body), ...vars(node.body)])
    },
  }

  const member = (node: Node, scope: Scope): void => {
    const {key, computed, ...rest} = node
    if (computed) visit(key, scope)
    generic(rest as Node, scope)
  }

  const visit = (node: unknown, scope: Scope): void => {
    if (!isNode(node)) return
    const own = special[node.type]
    if (own) own(node, scope)
    else if (holdsTypes(node.type)) types([node], scope)
    else generic(node, scope)
  }

  const scope: Scope = {names: new Set([...lexical(program), ...vars(program)])}
  generic(program, scope)
  return found.sort((a, b) => a.start - b.start)
}

/** Nodes of TypeScript that hold only types. The others wrap an expression: `a as T`, `a!`, `a satisfies T`. */
const holdsTypes = (type: string) =>
  type.startsWith('TS') &&
  !/^TS(As|Satisfies|NonNull|Instantiation|TypeAssertion|ExportAssignment|ParameterProperty)/.test(
    type,
  )

/** The names that a pattern binds. */
function boundNames(node: unknown): string[] {
  if (!isNode(node)) return []
  if (node.type === 'Identifier') return [String(node.name)]
  if (node.type === 'ObjectPattern') return (node.properties as Node[]).flatMap(boundNames)
  if (node.type === 'ArrayPattern') return (node.elements as unknown[]).flatMap(boundNames)
  if (node.type === 'Property') return boundNames(node.value)
  if (node.type === 'AssignmentPattern') return boundNames(node.left)
  if (node.type === 'RestElement') return boundNames(node.argument)
  if (node.type === 'TSParameterProperty') return boundNames(node.parameter)
  return []
}

const declared = (node: unknown): string[] =>
  isNode(node) && node.type === 'VariableDeclaration' && !node.declare
    ? (node.declarations as {id: Node}[]).flatMap(({id}) => boundNames(id))
    : []

/** What the statements of a block declare in it: let, const, class, function, import, enum. */
function lexical(block: unknown): string[] {
  if (!isNode(block) || !Array.isArray(block.body)) return []
  return (block.body as Node[]).flatMap(statement => {
    const node = (statement.declaration as Node | undefined) ?? statement
    if (node.type === 'VariableDeclaration') return node.kind === 'var' ? [] : declared(node)
    if (node.type === 'ImportDeclaration')
      return (node.specifiers as {local: Node}[]).flatMap(({local}) => boundNames(local))
    if (/^(Function|Class|TSEnum|TSModule)Declaration$/.test(node.type) && !node.declare)
      return boundNames(node.id)
    return []
  })
}

/** The `var`s of a function, which its inner blocks may declare. */
function vars(node: unknown): string[] {
  return children(node).flatMap(child => {
    if (/Function|^Class|^StaticBlock|^TS/.test(child.type)) return []
    const own = child.type === 'VariableDeclaration' && child.kind === 'var' ? declared(child) : []
    return [...own, ...vars(child)]
  })
}

const nodes = (value: unknown): Node[] =>
  Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []

const children = (value: unknown): Node[] =>
  Array.isArray(value)
    ? value.filter(isNode)
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(nodes)
      : []

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
