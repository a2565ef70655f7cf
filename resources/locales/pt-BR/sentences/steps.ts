// Steps and columns.
export const steps: Readonly<Record<string, string>> = {
  'a bin step makes ranges of it, a cast step text':
    'uma etapa bin faz faixas dela, e uma etapa cast, texto',
  'a cast step can make it {0}': 'uma etapa cast pode fazer dela {0}',
  'a cast step reads text as numbers; one-hot or ordinal makes numbers of categories':
    'uma etapa cast lê texto como números; one-hot ou ordinal fazem números de categorias',
  'a date-parts step makes numbers of it': 'uma etapa date-parts faz números dela',
  'a derive step can take a value out of it': 'uma etapa derive pode tirar um valor dela',
  'bring both to one type with a cast step': 'leve as duas a um só tipo com uma etapa cast',
  'bring them to one type with a cast step': 'leve-as a um só tipo com uma etapa cast',
  'column "{0}" is named twice': 'a coluna "{0}" aparece duas vezes',
  'column "{0}" is {1} ({2}), not {3}': 'a coluna "{0}" é {1} ({2}), não {3}',
  'column "{0}" is {1}, which cannot become {2}':
    'a coluna "{0}" é {1}, que não pode se tornar {2}',
  'did you mean "{0}"?': 'você quis dizer "{0}"?',
  'did you mean {0}?': 'você quis dizer {0}?',
  'keep at least one': 'mantenha pelo menos uma',
  'name only columns of one kind, and give a value of that kind':
    'indique só colunas de um mesmo tipo, e dê um valor desse tipo',
  'no column named "{0}"': 'não há coluna chamada "{0}"',
  'no column named "{0}" to slice by': 'não há coluna chamada "{0}" para fatiar',
  'no column would be left': 'não sobraria nenhuma coluna',
  'a slice is a column of the prepared table, or one that a one-hot step made columns of; keep another by listing the features of the model without it':
    'uma fatia é uma coluna da tabela preparada, ou uma de que uma etapa one-hot fez colunas; mantenha outra listando os atributos do modelo sem ela',
  'set columns to all': 'defina columns como all',
  'set columns to all or common to go on without it':
    'defina columns como all ou common para continuar sem ela',
  'table {0} has no column named "{1}"': 'a tabela {0} não tem coluna chamada "{1}"',
  'the columns named hold nothing to learn from; keep at least one other column':
    'as colunas indicadas não têm nada com que aprender; mantenha pelo menos outra coluna',
  'the tables have no column in common': 'as tabelas não têm coluna em comum',
  'there are {0}': 'há {0}',
  'this would drop every column': 'isto tiraria todas as colunas',
  'where: the condition gives {0}, not true or false':
    'where: a condição dá {0}, e não verdadeiro ou falso',
  '"{0}" is {1} and "{2}" is {3}: they cannot be matched':
    '"{0}" é {1} e "{2}" é {3}: não podem ser comparadas',
  '"{0}" is {1} in one table and {2} in another': '"{0}" é {1} em uma tabela e {2} em outra',
  '{0} cannot fill column "{1}" ({2})': '{0} não pode preencher a coluna "{1}" ({2})',
  'the table already has a column named "{0}"': 'a tabela já tem uma coluna chamada "{0}"',
  'two new columns would both be named "{0}"': 'duas colunas novas se chamariam "{0}"',
  'rename or drop one of them first; capitals make no difference':
    'antes, renomeie ou tire uma delas; maiúsculas não fazem diferença',
  'name at least one column to make': 'indique pelo menos uma coluna a criar',
  '"{0}" needs a column': '"{0}" precisa de uma coluna',
  'name it with `of`': 'indique-a com `of`',
  'the table': 'a tabela',
  'take a column of single values': 'use uma coluna de valores simples',
  'min, max, mode, count and distinct take any column':
    'min, max, mode, count e distinct aceitam qualquer coluna',
  'go by a date or a number': 'guie-se por uma data ou um número',
  'choose another suffix': 'escolha outro sufixo',
  '"within" is {0}, and "at" is {1}': '"within" é {0}, e "at" é {1}',
  'give a number': 'dê um número',
  'give a length of time, like "3 days"': 'dê uma duração, como "3 days"',
  'goes with `with: edges`, and must be there then': 'vai com `with: edges`, e então é obrigatório',
  'does not go with `edges`, which make their own':
    'não vai com `edges`, que fazem as próprias faixas',
  'must rise: each greater than the one before': 'devem crescer: cada um maior que o anterior',
  'goes with `to: date` and `to: timestamp`': 'vai com `to: date` e `to: timestamp`',
  'a date-parts step makes numbers of a date': 'uma etapa date-parts faz números de uma data',
  'cast it to text first, or use a derive step':
    'antes, converta-a em texto, ou use uma etapa derive',
  'goes with `iqr` and `z-score`; a percentile has `low` and `high`':
    'vai com `iqr` e `z-score`; um percentil tem `low` e `high`',
  '`low` and `high` go with `percentile`; `iqr` and `z-score` have a `factor`':
    '`low` e `high` vão com `percentile`; `iqr` e `z-score` têm `factor`',
  'must be less than `high`': 'deve ser menor que `high`',
  '"{0}" is {1}, and the period is {2}': '"{0}" é {1}, e o período é {2}',
  'give a number as the period of a number, such as 24 for hours':
    'o período de um número é um número, como 24 para horas',
  'name the period of a date: hour, day, week or year':
    'indique o período de uma data: hour, day, week ou year',
  '"{0}" is a time of day, it has no {1}': '"{0}" é uma hora do dia, e não tem {1}',
  'take hour or day': 'use hour ou day',
  'a part stands twice in the list': 'uma parte aparece duas vezes na lista',
  'take only {0} of it': 'tire dela só {0}',
  'name at least one column': 'indique pelo menos uma coluna',
  'give it another name, or write the old one exactly to replace it':
    'dê outro nome, ou escreva exatamente o antigo para substituí-la',
  'compare it with something, as in `age > 18`': 'compare-a com algo, como em `idade > 18`',
  'drop the column: it looks like an id': 'tire a coluna: ela parece um identificador',
  'goes with `with: constant`, and must be there then':
    'vai com `with: constant`, e então é obrigatório',
  'a constant is the same in every group': 'uma constante é a mesma em todo grupo',
  'rename that column, or do without `flag`': 'renomeie essa coluna, ou dispense `flag`',
  'set `keep: 50` for the most frequent, or use target-encode, frequency or hash-encode':
    'defina `keep: 50` para as mais frequentes, ou use target-encode, frequency ou hash-encode',
  'rename or drop the other column, or make the categories alike first, as with lower(…) in derive':
    'renomeie ou tire a outra coluna, ou antes iguale as categorias, como com lower(…) em derive',
  'a category stands twice in the order': 'uma categoria aparece duas vezes na ordem',
  'use hash-encode, or drop the column: it looks like an id':
    'use hash-encode, ou tire a coluna: ela parece um identificador',
  'drop the column, or use hash-encode: it looks like an id':
    'tire a coluna, ou use hash-encode: ela parece um identificador',
  'choose a target with fewer classes': 'escolha um alvo com menos classes',
  '{0} columns are more than the {1} that pca can take':
    '{0} colunas são mais do que as {1} que pca aceita',
  'name fewer columns': 'indique menos colunas',
  '{0} components cannot be made of {1} columns':
    'não é possível fazer {0} componentes de {1} colunas',
  'ask for at most {0}': 'peça no máximo {0}',
  '"{0}" has more than {1} values to make columns of':
    '"{0}" tem mais de {1} valores a virar colunas',
  'choose a column of fewer values, or bin it first':
    'escolha uma coluna com menos valores, ou antes agrupe-os com bin',
  'set a prefix': 'defina um prefixo',
  'take first, last, min, max or count': 'use first, last, min, max ou count',
  'this would add {0} columns, more than {1}': 'isto acrescentaria {0} colunas, mais que {1}',
  'name fewer columns, or take a lower degree': 'indique menos colunas, ou use um grau menor',
  'give either `rows` or `share`': 'dê `rows` ou `share`',
  'descending: "{0}" is not one of the columns to sort by':
    'descending: "{0}" não é uma das colunas da ordenação',
  'add it to `columns`': 'acrescente-a a `columns`',
  '"{0}" is {1} and "{2}" is {3}: one column cannot hold both':
    '"{0}" é {1} e "{2}" é {3}: uma só coluna não comporta as duas',
  'choose another name for the new columns': 'escolha outro nome para as colunas novas',
  'lag, lead, min, max, count and rank take any column':
    'lag, lead, min, max, count e rank aceitam qualquer coluna',
  'column "{0}" has {1} categories, more than {2}':
    'a coluna "{0}" tem {1} categorias, mais que {2}',
  'a subquery looks at other rows; use an SQL cell':
    'uma subconsulta olha outras linhas; use uma célula SQL',
  'a window function looks at other rows; use a window step or an SQL cell':
    'uma função de janela olha outras linhas; use uma etapa window ou uma célula SQL',
  '* stands for several columns; name one': '* representa várias colunas; indique uma',
  'there is nothing to fill a parameter with; write the value':
    'não há com que preencher um parâmetro; escreva o valor',
  '"{0}" makes {1} groups, more than {2} numbers can':
    '"{0}" faz {1} grupos, e números podem fazer até {2}',
  'a bin step makes ranges of them': 'uma etapa bin faz faixas deles',
  '{0} makes {1} groups, more than {2}': '{0} faz {1} grupos, mais que {2}',
  'group by fewer columns, or by ones with fewer values':
    'agrupe por menos colunas, ou por colunas com menos valores',
  'rename or drop one of them first': 'antes, renomeie ou tire uma delas',
  'there would be two columns named "{0}"': 'haveria duas colunas chamadas "{0}"',
  'columns "{0}" and "{1}" differ only in case':
    'as colunas "{0}" e "{1}" só diferem em maiúsculas',
  '{0} has no column named "{1}"': '{0} não tem coluna chamada "{1}"',
  'the first table': 'a primeira tabela',
  'the second table': 'a segunda tabela',
  'test and validation leave no rows to train on':
    'test e validation não deixam linhas para treinar',
  'choose one of stratify, group and time': 'escolha um entre stratify, group e time',
  'the {0} part is empty': 'a parte {0} está vazia',
  'this step learns from every row, test rows among them, because it stands before the split; move the split above it':
    'esta etapa aprende com todas as linhas, também as de teste, porque está antes da divisão; mova a divisão para cima dela',
  'goes with `to: number` and `to: integer`': 'vai com `to: number` e `to: integer`',
}
