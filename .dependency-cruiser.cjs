// Who may import whom. The plan stands in CONTRIBUTING.md; this check holds the code to it.
const shared =
  '^core/(contract|connect|rpc|error)\\.ts$|^core/(schema|wire|words|charts|guide)/|^resources/locales/'
const never = (name, comment, from, to) => ({name, comment, severity: 'error', from, to})

module.exports = {
  forbidden: [
    never(
      'no-circle',
      'Two files that need each other are one concept.',
      {},
      {circular: true, viaOnly: {dependencyTypesNot: ['type-only']}},
    ),
    never('no-unresolved', 'An import that leads nowhere.', {}, {couldNotResolve: true}),
    never(
      'shared-is-shared',
      'Shared files import shared files, and no Node.',
      {path: shared},
      {pathNot: [shared, '^node_modules/(zod|apache-arrow)/']},
    ),
    never(
      'kinds-stand-alone',
      'A step or a model knows the plug-in form, SQL as data, the graph builder and shared files; never another kind.',
      {path: '^core/(steps|models|targets)/', pathNot: '/(index|all)\\.ts$'},
      {
        path: '^core/',
        pathNot: [
          shared,
          '^core/plugin\\.ts$',
          '^core/data/sql\\.ts$',
          '^core/onnx/',
          '^core/(steps|models)/lib/',
          '^core/train/',
        ],
      },
    ),
    never(
      'no-duckdb-in-steps',
      'A step plans queries; the session runs them.',
      {path: '^core/(steps|models|targets)/'},
      {path: 'node_modules/@duckdb'},
    ),
    never(
      'kinds-by-index',
      'The rest of the house reaches kinds through their index.',
      {pathNot: ['^core/(steps|models|targets)/', '^test/']},
      {path: '^core/(steps|models|targets)/', pathNot: '/index\\.ts$'},
    ),
    never(
      'host-on-top',
      'Only the command line, the server and the shell stand above the host.',
      {path: '^core/', pathNot: '^core/(host|home|server|server/.*|cli|cli/.*)\\.ts$'},
      {path: '^core/(host|home|server|cli)(/|\\.ts$)'},
    ),
    never(
      'renderer-is-a-client',
      'The renderer knows the contract and the shared data, nothing else.',
      {path: '^renderer/'},
      {path: '^(core|electron)/', pathNot: shared},
    ),
    never(
      'nobody-needs-the-shell',
      'electron/ is the outermost room.',
      {pathNot: '^(electron|test)/'},
      {path: '^electron/'},
    ),
  ],
  options: {
    doNotFollow: {path: 'node_modules'},
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    moduleSystems: ['es6', 'cjs'],
  },
}
