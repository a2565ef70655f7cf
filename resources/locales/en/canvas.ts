export const canvas = {
  title: 'canvas',
}
