// Documents, cells, parameters, queries and projects.
export const document: Readonly<Record<string, string>> = {
  // Cells, names and edges.
  '"{0}" cannot be a cell\'s name': '"{0}" não pode ser o nome de uma célula',
  '"{0}" cannot be set here': '"{0}" não pode ser definido aqui',
  '"{0}" does not take one other cell as a whole': '"{0}" não recebe uma outra célula por inteiro',
  '"{0}" evaluates no classes': '"{0}" não avalia classes',
  '"{0}" gives {1}, and only a split has parts': '"{0}" dá {1}, e só uma divisão tem partes',
  '"{0}" gives {1}, and {2} takes {3}': '"{0}" dá {1}, e {2} recebe {3}',
  '"{0}" has no part "{1}"': '"{0}" não tem a parte "{1}"',
  '"{0}" has no {1} part': '"{0}" não tem a parte {1}',
  '"{0}" is free': '"{0}" está livre',
  '"{0}" needs itself': '"{0}" precisa de si mesma',
  '"{0}" was changed meanwhile': '"{0}" foi alterada nesse meio-tempo',
  'a bundle': 'um pacote',
  'a model': 'um modelo',
  'a report': 'um relatório',
  'a split': 'uma divisão',
  'a table': 'uma tabela',
  'a version': 'uma versão',
  'a cell holds one query, not {0}': 'uma célula tem uma consulta, não {0}',
  'a cell is called "{0}" already': 'já existe uma célula chamada "{0}"',
  'a cell is written in {0}, not "{1}"': 'uma célula é escrita em {0}, não em "{1}"',
  "a cell's name has at most {0} characters, not {1}":
    'o nome de uma célula tem no máximo {0} caracteres, não {1}',
  'a cell cannot {0}: it must be one query that gives a table':
    'uma célula não pode usar {0}: ela deve ser uma consulta que dê uma tabela',
  'a file is read by a source cell: kind=source, and file: with its path':
    'um arquivo é lido por uma célula de origem: kind=source, e file: com o caminho dele',
  'a split has no part "{0}"': 'uma divisão não tem a parte "{0}"',
  'a split needs a table': 'uma divisão precisa de uma tabela',
  'add a package cell after the one that registers it, and run it':
    'acrescente uma célula que empacota depois da que registra, e execute-a',
  'cells need each other in a circle: {0}': 'as células precisam umas das outras em círculo: {0}',
  '{0} needs {1}': '{0} precisa de {1}',
  'change it in the text': 'mude isso no texto',
  'close every comment (-->), HTML tag and fence that the text opens':
    'feche cada comentário (-->), tag HTML e cerca que o texto abre',
  'give the table an alias in that query first': 'antes, dê um apelido à tabela nessa consulta',
  'in the cell "{0}" the name "{1}" cannot stand for a table':
    'na célula "{0}", o nome "{1}" não pode designar uma tabela',
  'its parts are {0}': 'as partes dela são {0}',
  'keep yours, or take the other': 'mantenha a sua, ou fique com a outra',
  'leave out cell= to keep it as plain code': 'tire cell= para que continue um simples código',
  'leave out from=': 'tire from=',
  'let one of them take its rows from somewhere else':
    'faça com que uma delas receba as linhas de outro lugar',
  'mend it in the text first': 'corrija isso no texto antes',
  'name a cell of this document': 'dê o nome de uma célula deste documento',
  'name it in from=': 'dê o nome dela em from=',
  'name it in from=, such as from={0}': 'dê o nome dela em from=, como em from={0}',
  'name one of its parts, such as {0}.train': 'indique uma das partes dela, como {0}.train',
  'name one part of the split, such as parts.train':
    'indique uma parte da divisão, como parts.train',
  'no cell is called "{0}"': 'nenhuma célula se chama "{0}"',
  'no cell named "{0}"': 'nenhuma célula se chama "{0}"',
  none: 'nenhuma',
  'only a bundle can be rehearsed': 'só um pacote pode ser ensaiado',
  'only a model can be evaluated': 'só um modelo pode ser avaliado',
  'only a model, or the evaluation of one, can be registered':
    'só um modelo, ou a avaliação de um, pode ser registrado',
  'only a version can be packaged': 'só uma versão pode ser empacotada',
  'drift takes a bundle and then a table': 'drift recebe um pacote e depois uma tabela',
  'such as from=bundle,new_rows': 'como em from=bundle,new_rows',
  'put each in a cell of its own': 'ponha cada uma em uma célula própria',
  'register the model again': 'registre o modelo de novo',
  'rename one of them first': 'antes, renomeie uma delas',
  'rename one of them; capitals and small letters are the same in SQL':
    'renomeie uma delas; em SQL, maiúsculas e minúsculas são iguais',
  'run it: `bancada run {0} --cell {1}`': 'execute-a: `bancada run {0} --cell {1}`',
  'the cell "{0}" has no closing fence, so it goes on to the end of the file':
    'a célula "{0}" não tem a cerca que a fecha, e por isso vai até o fim do arquivo',
  'the cell "{0}" has no result yet': 'a célula "{0}" ainda não tem resultado',
  'the cell "{0}" names "{1}" in a way that cannot be followed':
    'a célula "{0}" usa o nome "{1}" de um modo que não pode ser acompanhado',
  'the cell has no name': 'a célula não tem nome',
  'the cell uses that name for something else, or its language has no such name: take another':
    'a célula usa esse nome para outra coisa, ou a linguagem dela não o permite: escolha outro',
  'the document has no cell number {0}': 'o documento não tem a célula número {0}',
  'there is no kind of cell called "{0}"': 'não há tipo de célula chamado "{0}"',
  'the document was changed after that': 'o documento foi alterado depois disso',
  'undo takes back one change after the other, the newest first':
    'desfazer reverte uma alteração após a outra, começando pela mais nova',
  'there is nothing to undo': 'não há nada a desfazer',
  'there is nothing to redo': 'não há nada a refazer',
  'two cells are called "{0}"': 'duas células se chamam "{0}"',
  'two cells are called "{0}": the other is on line {1}':
    'duas células se chamam "{0}": a outra está na linha {1}',
  'use letters, digits, _ and -, such as cell=adults':
    'use letras, algarismos, _ e -, como em cell=adultos',
  'write {0} instead of {1}.{2}': 'escreva {0} em vez de {1}.{2}',
  '{0} input': '{0} entrada',
  '{0} inputs': '{0} entradas',
  '{0} takes a split first and tables after it': '{0} recebe primeiro uma divisão e depois tabelas',
  '{0} takes no input, and this one has {1}': '{0} não recebe entrada, e esta célula tem {1}',
  '{0} takes {1} ({2}), and this one has {3}': '{0} recebe {1} ({2}), e esta célula tem {3}',
  '{0} {1} has lost its card': '{0} {1} perdeu sua ficha',
  '{0} {1} was not packaged': '{0} {1} não foi empacotado',
  '{0}= is given twice': '{0}= aparece duas vezes',
  // Parameters.
  'a list': 'uma lista',
  'a number': 'um número',
  'a set of names and values': 'um conjunto de nomes e valores',
  'a whole number': 'um número inteiro',
  'a date or time': 'uma data ou hora',
  'a list, struct or blob': 'uma lista, estrutura ou blob',
  'true or false': 'verdadeiro ou falso',
  text: 'texto',
  characters: 'caracteres',
  entries: 'itens',
  'at least {0}': 'pelo menos {0}',
  'at most {0}': 'no máximo {0}',
  'less than {0}': 'menos que {0}',
  'more than {0}': 'mais que {0}',
  'is missing': 'está faltando',
  'is {0}': 'é {0}',
  'it does {0}': 'ele faz {0}',
  'it has {0}': 'há {0}',
  'it has {0}; give the split a share for {1}': 'há {0}; dê à divisão uma parcela para {1}',
  'parameters are a list of "name: value" lines, not {0}':
    'os parâmetros são uma lista de linhas "nome: valor", não {0}',
  'the YAML cannot be read: {0}': 'o YAML não pode ser lido: {0}',
  'the parameters of {0}': 'os parâmetros de {0}',
  'write one a line, such as test: 0.2': 'escreva um por linha, como test: 0.2',
  '{0}': '{0}',
  '{0} has no parameter {1}': '{0} não tem o parâmetro {1}',
  '{0} has no parameter {1} in {2}': '{0} não tem o parâmetro {1} em {2}',
  '{0} must be {1}, but {2}': '{0} deve ser {1}, mas {2}',
  '{0} must have {1} {2}, but {3}': '{0} deve ter {1} {2}, mas {3}',
  '{0} or {1}': '{0} ou {1}',
  '{0} to {1}': '{0} a {1}',
  '{0}, {1}': '{0}, {1}',
  '{0}: {1}': '{0}: {1}',
  '{0}; {1}': '{0}; {1}',
  'such as 0.95': 'como 0.95',
  'such as 1000': 'como 1000',
  "the intervals' level is {0}, not between 0 and 1":
    'o nível dos intervalos é {0}, e não fica entre 0 e 1',
  '{0} resamples are not a whole number of 2 or more':
    '{0} reamostragens não é um número inteiro a partir de 2',
  // Queries.
  'Referenced column "{0}" not found in FROM clause!': 'não há coluna "{0}" nas tabelas do FROM',
  'Table with name {0} does not exist!': 'não há tabela chamada {0}',
  'syntax error at end of input': 'erro de sintaxe no fim da consulta',
  'syntax error at or near "{0}"': 'erro de sintaxe em "{0}" ou perto disso',
  'a SQL cell only reads tables: write one select':
    'uma célula SQL só lê tabelas: escreva um select',
  'a query over the runs is one select': 'uma consulta sobre as execuções é um único select',
  'such as: select cell, max(seconds) from runs group by cell':
    'por exemplo: select cell, max(seconds) from runs group by cell',
  'a query sees the tables of the document and nothing else':
    'uma consulta vê as tabelas do documento e nada mais',
  'a query that draws at random needs its result stored: put it in a cell of its own':
    'uma consulta que sorteia precisa que seu resultado seja guardado: ponha-a em uma célula própria',
  'a notebook must give the same again; write the value, or use a step with a seed':
    'um notebook deve dar o mesmo outra vez; escreva o valor, ou use uma etapa com semente',
  'list the values of the pivot, such as: on year in (2023, 2024)':
    'enumere os valores do pivot, por exemplo: on ano in (2023, 2024)',
  'name the tables in the query itself': 'indique as tabelas na própria consulta',
  'the cell has no query': 'a célula não tem consulta',
  'the query gave more rows than the {0} that were counted':
    'a consulta deu mais linhas do que as {0} que foram contadas',
  'use an SQL cell': 'use uma célula SQL',
  'use an aggregate or a window step, or an SQL cell':
    'use uma etapa de agregação ou de janela, ou uma célula SQL',
  'write one expression over the columns, or use an SQL cell':
    'escreva uma expressão sobre as colunas, ou use uma célula SQL',
  'write one, such as select * from penguins': 'escreva uma, como select * from pinguins',
  '{0}() hides which tables the cell reads': '{0}() esconde quais tabelas a célula lê',
  '{0}: only the row itself can be used': '{0}: só a própria linha pode ser usada',
  '{0}: this is more than one expression': '{0}: isto é mais de uma expressão',
  '{0}: unnest makes several rows of one': '{0}: unnest faz várias linhas de uma',
  '{0}: {1} gives something else each time': '{0}: {1} dá algo diferente a cada vez',
  '{0}: {1} needs many rows': '{0}: {1} precisa de muitas linhas',
  'the document has no text number {0}': 'o documento não tem o texto número {0}',
  'the document has no text "{0}"': 'o documento não tem o texto "{0}"',
  'the document has no cell "{0}"': 'o documento não tem a célula "{0}"',
  'the cell "{0}" goes on to the end of the file': 'a célula "{0}" vai até o fim do arquivo',
  'close it first: put {0} on a line of its own': 'feche-a antes: ponha {0} em uma linha própria',
  'put a value with blanks in quotes': 'ponha entre aspas um valor com espaços',
  'put {0} on a line of its own after it': 'ponha {0} em uma linha própria depois dela',
  'a {0} cell has no kind': 'uma célula {0} não tem tipo',
  'leave out kind=': 'tire kind=',
  'a {0} cell takes what its text names': 'uma célula {0} recebe o que seu texto cita',
  'the cell "{0}" does not say what it does': 'a célula "{0}" não diz o que faz',
  'add its kind, such as kind=impute': 'acrescente o tipo dela, como kind=impute',
  'from= has an empty name: "{0}"': 'from= tem um nome vazio: "{0}"',
  'list names with commas between them, such as from=a,b':
    'separe os nomes com vírgulas, como em from=a,b',
  'a {0} cell has no parameters': 'uma célula {0} não tem parâmetros',
  'a cell is renamed, so that what names it follows':
    'uma célula é renomeada para que o que a cita acompanhe',
  '"{0}" cannot be an attribute': '"{0}" não pode ser um atributo',
  'an attribute cannot hold a backtick: {0}': 'um atributo não pode conter crase: {0}',
  'an attribute cannot hold {0}': 'um atributo não pode conter {0}',
  '"{0}" is not a list of name=value': '"{0}" não é uma lista de nome=valor',
  'this statement': 'este comando',
  '`bancada status` lists the documents of the project':
    '`bancada status` lista os documentos do projeto',
  'the change would swallow the cell "{0}"': 'a alteração engoliria a célula "{0}"',
  'the change would not leave the cells that it should':
    'a alteração não deixaria as células que deve deixar',
  '"{0}" gives {1}, not a table': '"{0}" dá {1}, e não uma tabela',
  'nested too deep to be read': 'aninhado demais para ser lido',
  '"{0}" is not a text': '"{0}" não é um texto',
  'it was changed meanwhile; look at it again': 'isso foi alterado nesse meio-tempo; olhe de novo',
  'there is no template "{0}"': 'não há o modelo de projeto "{0}"',
  '{0} is not built': '{0} não está compilado',
  'run `npm run build`': 'execute `npm run build`',
  'a project is a folder with a bancada.json; `bancada new FOLDER` makes one':
    'um projeto é uma pasta com um bancada.json; `bancada new PASTA` cria um',
  'there is no call "{0}"': 'não há a chamada "{0}"',
  '{0}: {1} {2}': '{0}: {1} {2}',
  '{0} needs a project, and none is open here':
    '{0} precisa de um projeto, e nenhum está aberto aqui',
  'open a project first': 'abra um projeto antes',
  'the package {0} is not installed': 'o pacote {0} não está instalado',
  'only the window itself may connect': 'só a própria janela pode se conectar',
  'a project is a path': 'um projeto é um caminho',
  'the message is too large to send: {0} bytes':
    'a mensagem é grande demais para enviar: {0} bytes',
  'what arrived is not a message': 'o que chegou não é uma mensagem',
  '{0} and {1}': '{0} e {1}',
  '{0} learned {1} for "{2}", which JSON cannot hold':
    '{0} aprendeu {1} para "{2}", o que o JSON não representa',

  // What DuckDB and the library that reads YAML say.
  'Referenced table "{0}" not found!': 'a tabela "{0}" não está na consulta',
  'Table "{0}" does not have a column named "{1}"': 'a tabela "{0}" não tem coluna chamada "{1}"',
  'Scalar Function with name {0} does not exist!': 'não há função chamada {0}',
  "No function matches the given name and argument types '{0}'. You might need to add explicit type casts.":
    "nenhuma função atende a '{0}'; talvez falte converter os tipos",
  'Ambiguous reference to column name "{0}" (use: "{1}" or "{2}")':
    'a coluna "{0}" é ambígua: use "{1}" ou "{2}"',
  'column "{0}" must appear in the GROUP BY clause or must be part of an aggregate function.':
    'a coluna "{0}" deve estar no GROUP BY ou dentro de uma função de agregação',
  'aggregate function calls cannot be nested': 'uma função de agregação não pode conter outra',
  'WHERE clause cannot contain aggregates!': 'o WHERE não pode conter agregações',
  'WHERE clause cannot contain window functions!': 'o WHERE não pode conter funções de janela',
  'Set operations can only apply to expressions with the same number of result columns':
    'as consultas reunidas devem ter o mesmo número de colunas',
  'More than one row returned by a subquery used as an expression - scalar subqueries can only return a single row.':
    'uma subconsulta usada como valor deu mais de uma linha',
  "Could not convert string '{0}' to {1} when casting from source column {2}":
    "não é possível converter o texto '{0}' da coluna {2} em {1}",
  "Could not convert string '{0}' to {1}": "não é possível converter o texto '{0}' em {1}",
  'Unimplemented type for cast ({0} -> {1}) when casting from source column {2}':
    'não há conversão de {0} para {1} (coluna {2})',
  'Could not parse string "{0}" according to format specifier "{1}"':
    'o texto "{0}" não segue o formato "{1}"',
  'Out of Range Error: Overflow in {0} of {1} ({2})!': 'estouro do tipo {1} em {0} ({2})',
  'unterminated quoted string at or near "{0}"':
    'falta fechar as aspas de um texto em "{0}" ou perto disso',
  'unterminated quoted identifier at or near "{0}"':
    'falta fechar as aspas de um nome em "{0}" ou perto disso',
  'All mapping items must start at the same column':
    'todos os parâmetros devem começar na mesma coluna',
  'All sequence items must start at the same column':
    'todos os itens da lista devem começar na mesma coluna',
  'A block sequence may not be used as an implicit map key':
    'uma lista não pode servir de nome de parâmetro',
  'Nested mappings are not allowed in compact mappings':
    'há dois pontos demais em uma linha: ponha um "nome: valor" em cada',
  'Map keys must be unique': 'um parâmetro aparece duas vezes',
  'Implicit keys need to be on a single line':
    'um nome deve ficar em uma só linha, com dois pontos depois dele',
  'Implicit keys of flow sequence pairs need to be on a single line':
    'um nome dentro de [ ] deve ficar em uma só linha',
  'Implicit map keys need to be followed by map values':
    'depois de um nome devem vir dois pontos e um valor',
  'Flow sequence in block collection must be sufficiently indented and end with a ]':
    'a lista que começa com [ deve estar recuada e terminar com ]',
  'Flow map in block collection must be sufficiently indented and end with a }':
    'o conjunto que começa com { deve estar recuado e terminar com }',
  'Flow sequence must end with a ]': 'a lista que começa com [ deve terminar com ]',
  'Flow map must end with a }': 'o conjunto que começa com { deve terminar com }',
  'Missing closing "quote': 'falta fechar as aspas (")',
  "Missing closing 'quote": "falta fechar as aspas (')",
  'Missing , between flow sequence items': 'falta uma vírgula entre os itens da lista',
  'Missing , between flow map items': 'falta uma vírgula entre os itens do conjunto',
  'Missing , or : between flow sequence items':
    'falta uma vírgula ou dois pontos entre os itens da lista',
  'Missing , or : between flow map items':
    'falta uma vírgula ou dois pontos entre os itens do conjunto',
  'Plain value cannot start with reserved character {0}':
    'um valor sem aspas não pode começar com {0}',
  'Plain value cannot start with flow indicator character {0}':
    'um valor sem aspas não pode começar com {0}',
  'Plain value cannot start with directive indicator character {0}':
    'um valor sem aspas não pode começar com {0}',
  'Plain value cannot start with block scalar indicator {0}':
    'um valor sem aspas não pode começar com {0}',
  'Plain value cannot start with a tab character': 'um valor não pode começar com uma tabulação',
  'Tabs are not allowed as indentation': 'o recuo é feito com espaços, não com tabulações',
  'Invalid escape sequence {0}': 'sequência de escape inválida: {0}',
  'Unresolved alias (the anchor must be set before the alias): {0}':
    'referência a um apelido que não foi definido antes: {0}',
}
