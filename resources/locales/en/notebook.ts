export const notebook = {
  title: 'notebook',
}
