export const table = {
  title: 'table',
}
