// A document as large as one gets: thousands of cells with words between them, and one huge text.
export function largeDocument({cells, words}: {cells: number; words: number}): string {
  const parts = ['# Many cells\n']
  for (let i = 0; i < cells; i++) {
    const from = `c${i - 1}`
    parts.push(
      i % 4 === 0
        ? `\`\`\`sql cell=c${i}\nselect * from ${i === 0 ? 'range(10) t(x)' : from}\n\`\`\`\n`
        : `\`\`\`yaml cell=c${i} kind=filter from=${from}\n# why\nwhere: x >= ${i % 7}\n\`\`\`\n\nAbout cell ${i}.\n`,
    )
  }
  parts.push('word '.repeat(words).trim(), '\n```sql cell=last\nselect 1 as x\n```\n')
  return parts.join('\n')
}
