// Monaco, with what a query needs of it; a chunk of its own, loaded with the first query.
import 'monaco-editor/features/bracketMatching/register.js'
import 'monaco-editor/features/caretOperations/register.js'
import 'monaco-editor/features/clipboard/register.js'
import 'monaco-editor/features/comment/register.js'
import 'monaco-editor/features/contextmenu/register.js'
import 'monaco-editor/features/find/register.js'
import 'monaco-editor/features/gotoError/register.js'
import 'monaco-editor/features/hover/register.js'
import 'monaco-editor/features/indentation/register.js'
import 'monaco-editor/features/linesOperations/register.js'
import 'monaco-editor/features/multicursor/register.js'
import 'monaco-editor/features/snippet/register.js'
import 'monaco-editor/features/suggest/register.js'
import 'monaco-editor/features/toggleTabFocusMode/register.js'
import 'monaco-editor/features/wordOperations/register.js'
import 'monaco-editor/languages/definitions/sql/register.js'
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker'
import * as monaco from 'monaco-editor/editor.js'
import {dressEditor} from './editor-look.ts'
import {sqlCompletion} from './sql-completion.ts'

self.MonacoEnvironment = {getWorker: () => new EditorWorker()}

monaco.languages.registerCompletionItemProvider('sql', sqlCompletion(monaco))
dressEditor(monaco)

export {monaco}
