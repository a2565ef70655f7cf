export const form = {
  title: 'form',
}
