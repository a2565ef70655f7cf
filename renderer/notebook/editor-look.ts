// How a query looks: the window's typeface, and colours that keep WCAG's contrast on its backgrounds.
import type * as Monaco from 'monaco-editor/editor.js'
import {theme} from '../ui/theme.ts'

/** Of the editor, and of a query that stands still beside it. */
export const FONT_SIZE = 13
export const LINE_HEIGHT = 20

export const editorFont = {
  fontFamily: theme.fontFamilyMonospace!,
  fontSize: FONT_SIZE,
  lineHeight: LINE_HEIGHT,
}

const colours = {
  light: {
    background: '#ffffff',
    text: '1c2125',
    keyword: '0b5d6c',
    name: '6d3fae',
    string: '94480f',
    number: '1b6b3a',
    comment: '5c6670',
  },
  dark: {
    background: '#16191c',
    text: 'dde2e6',
    keyword: '7fd0de',
    name: 'c9a6ff',
    string: 'ffc078',
    number: '7fd8a0',
    comment: 'a3adb5',
  },
}

export const themeName = (scheme: 'light' | 'dark') => `bancada-${scheme}`

/** Makes the two themes known, and measures once more when the typeface has come. */
export function dressEditor(monaco: typeof Monaco): void {
  for (const scheme of ['light', 'dark'] as const) {
    const {background, text, keyword, name, string, number, comment} = colours[scheme]
    monaco.editor.defineTheme(themeName(scheme), {
      base: scheme === 'dark' ? 'vs-dark' : 'vs',
      inherit: true,
      colors: {'editor.background': background, 'editor.foreground': `#${text}`},
      rules: [
        {token: '', foreground: text},
        {token: 'delimiter', foreground: text},
        {token: 'identifier', foreground: text},
        {token: 'keyword', foreground: keyword, fontStyle: 'bold'},
        {token: 'operator.sql', foreground: keyword},
        {token: 'predefined.sql', foreground: name},
        {token: 'string', foreground: string},
        {token: 'string.sql', foreground: string},
        {token: 'number', foreground: number},
        {token: 'comment', foreground: comment, fontStyle: 'italic'},
      ],
    })
  }
  void document.fonts.ready.then(() => monaco.editor.remeasureFonts())
}
