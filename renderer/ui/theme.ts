// Design tokens in one place: Mantine's theme, with colours that keep WCAG's contrast in light and dark.
import {type CSSVariablesResolver, createTheme, type MantineColorsTuple} from '@mantine/core'

const petrol: MantineColorsTuple = [
  '#e8f5f7',
  '#d3e8ec',
  '#a5d0d8',
  '#73b8c4',
  '#4aa3b3',
  '#3096a8',
  '#1f8ea2',
  '#0f7a8d',
  '#1b5e6b',
  '#0b4a56',
]

export const theme = createTheme({
  primaryColor: 'petrol',
  colors: {petrol},
  primaryShade: {light: 8, dark: 8},
  autoContrast: true,
  luminanceThreshold: 0.3,
  defaultRadius: 'sm',
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: '"JetBrains Mono Variable", ui-monospace, monospace',
  fontSizes: {xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem'},
  components: {
    Button: {defaultProps: {size: 'xs'}},
    TextInput: {defaultProps: {size: 'xs'}},
    NumberInput: {defaultProps: {size: 'xs'}},
    Select: {defaultProps: {size: 'xs', comboboxProps: {withinPortal: true}}},
    MultiSelect: {defaultProps: {size: 'xs'}},
    TagsInput: {defaultProps: {size: 'xs'}},
    Textarea: {defaultProps: {size: 'xs'}},
    Switch: {defaultProps: {size: 'xs'}},
    ActionIcon: {defaultProps: {variant: 'subtle', color: 'gray', size: 'md'}},
    Tooltip: {defaultProps: {openDelay: 400, withArrow: true}},
  },
})

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c6670',
    '--mantine-color-placeholder': '#656e77',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': '#0b5d6c',
    '--bancada-line': '#d9dee2',
    '--bancada-soft': '#f4f6f7',
    '--bancada-thumb': '#aab3ba',
    '--bancada-good': '#1b6b3a',
    '--bancada-warn': '#8a5300',
    '--bancada-bad': '#b3261e',
    '--bancada-info': '#0b5d6c',
  },
  dark: {
    '--mantine-color-body': '#16191c',
    '--mantine-color-dimmed': '#a3adb5',
    '--mantine-color-placeholder': '#98a2aa',
    '--mantine-color-error': '#ffb4ab',
    '--mantine-color-anchor': '#7fd0de',
    '--bancada-line': '#333a40',
    '--bancada-soft': '#1e2226',
    '--bancada-thumb': '#4d565e',
    '--bancada-good': '#7fd8a0',
    '--bancada-warn': '#ffc078',
    '--bancada-bad': '#ffb4ab',
    '--bancada-info': '#7fd0de',
  },
})
