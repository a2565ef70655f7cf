// O que o anfitrião diz de erros e de progresso: pela frase em inglês como está no código, com os valores em seus lugares.
export const sentences: Readonly<Record<string, string>> = {
  // Células, nomes e ligações.
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
  '{0} bytes are too many for one archive': '{0} bytes são demais para um só arquivo ZIP',
  'take the folder itself: `bancada package --to DIR`':
    'leve a própria pasta: `bancada package --to DIR`',
  'packing the files': 'compactando os arquivos',
  'checking the files': 'conferindo os arquivos',
  'this download is not there any more': 'este download já não existe',
  'ask for it again': 'peça-o outra vez',
  'the file was cut short while it was read': 'o arquivo foi cortado enquanto era lido',
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
  'run it': 'execute-a',
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

  // Parâmetros.
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

  // Colunas e tipos.
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

  // Consultas.
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

  // Arquivos, documentos e projetos.
  '"{0}" cannot be read as an Excel workbook: {1}':
    '"{0}" não pode ser lido como planilha do Excel: {1}',
  '"{0}" cannot be the name of a file': '"{0}" não pode ser o nome de um arquivo',
  '"{0}" has no columns': '"{0}" não tem colunas',
  '"{0}" has no sheet {1}': '"{0}" não tem a planilha {1}',
  '"{0}" has {1} sound records, but {2} were read':
    '"{0}" tem {1} registros válidos, mas {2} foram lidos',
  '"{0}" is a folder, not a file': '"{0}" é uma pasta, não um arquivo',
  '"{0}" is empty (0 bytes)': '"{0}" está vazio (0 bytes)',
  '"{0}" is no document that was removed': '"{0}" não é um documento que foi removido',
  '"{0}" is not a document of this project': '"{0}" não é um documento deste projeto',
  '"{0}" is not a file of this project': '"{0}" não é um arquivo deste projeto',
  '"{0}" is not a regular file': '"{0}" não é um arquivo comum',
  '"{0}" is not in the notebooks folder': '"{0}" não está na pasta notebooks',
  '"{0}" is not written in UTF-8': '"{0}" não está escrito em UTF-8',
  '"{0}" leads outside the project folder': '"{0}" leva para fora da pasta do projeto',
  '"{0}" runs just now': '"{0}" está em execução agora',
  'Bancada may not write or read this': 'o Bancada não pode gravar ou ler isto',
  'a path is relative to the project folder': 'um caminho é relativo à pasta do projeto',
  'a stored result was changed after it was written':
    'um resultado guardado foi alterado depois de gravado',
  'bring it in again': 'traga-o de novo',
  'check that it is the right file and was copied whole':
    'veja se é o arquivo certo e se foi copiado inteiro',
  'choose a new folder; then copy your data file into its data folder':
    'escolha uma pasta nova; depois copie seu arquivo de dados para a pasta data dela',
  'copy the file into the project, for instance into data/':
    'copie o arquivo para o projeto, por exemplo para data/',
  'delete its folder and run the document again: the result is made anew':
    'apague a pasta dele e execute o documento de novo: o resultado será refeito',
  'documents are the .md files in its notebooks folder':
    'os documentos são os arquivos .md na pasta notebooks dele',
  'download it into the project, for instance into data/, and name it there':
    'baixe-o para o projeto, por exemplo para data/, e indique-o lá',
  'export it again, or choose another file': 'exporte-o de novo, ou escolha outro arquivo',
  'free some space and run it again; what was finished is kept':
    'libere espaço e execute de novo; o que terminou está guardado',
  'look at the delimiter, the quotes and the types of the source cell':
    'veja o delimitador, as aspas e os tipos da célula de origem',
  'make the folder writable, or copy the project to one that is':
    'permita a gravação na pasta, ou copie o projeto para uma em que se possa gravar',
  'mend it in an editor, or take it back from your version control':
    'corrija-o em um editor, ou recupere-o do seu controle de versões',
  'no document "{0}"': 'não há o documento "{0}"',
  'no project at {0}': 'não há projeto em {0}',
  'none of the {0} rows of "{1}" could be read': 'nenhuma das {0} linhas de "{1}" pôde ser lida',
  'open it in Excel or LibreOffice and save it again as .xlsx, or as CSV':
    'abra-o no Excel ou no LibreOffice e salve-o de novo como .xlsx, ou como CSV',
  'open it, or choose another folder': 'abra-o, ou escolha outra pasta',
  'rename the file and bring it in again': 'renomeie o arquivo e traga-o de novo',
  'save it as UTF-8 in the program that made it': 'salve-o como UTF-8 no programa que o fez',
  'stop it first': 'pare-o antes',
  'take another name': 'escolha outro nome',
  'the disk is full': 'o disco está cheio',
  'the document was written by a newer Bancada': 'o documento foi gravado por um Bancada mais novo',
  'the file comes out of order at byte {0}': 'o arquivo chega fora de ordem no byte {0}',
  'the sheet of "{0}" is empty': 'a planilha de "{0}" está vazia',
  'there is a document "{0}" already': 'já há um documento "{0}"',
  'there is no file "{0}" in the project': 'não há o arquivo "{0}" no projeto',
  'there is no folder "{0}" in the project': 'não há a pasta "{0}" no projeto',
  'there is no folder {0}': 'não há a pasta {0}',
  'this Bancada knows version {0}; update it': 'este Bancada conhece a versão {0}; atualize-o',
  'this file or folder is not there': 'este arquivo ou pasta não existe',
  'this is on a disk that cannot be written': 'isto está em um disco que não aceita gravação',
  'to read all files in it, write {0}': 'para ler todos os arquivos dela, escreva {0}',
  'update Bancada to edit or run it': 'atualize o Bancada para editá-lo ou executá-lo',
  '{0} does not fit: {1}': '{0} não serve: {1}',
  '{0} is a project already': '{0} já é um projeto',
  '{0} is not JSON: {1}': '{0} não é JSON: {1}',
  '{0} is not empty: it holds "{1}"': '{0} não está vazia: contém "{1}"',
  '{0} is of version {1}': '{0} é da versão {1}',

  // Treino e avaliação.
  '"{0}" has more than {1} distinct values': '"{0}" tem mais de {1} valores distintos',
  '{0} needs a target column': '{0} precisa de uma coluna alvo',
  '{0} needs a target: the column to predict': '{0} precisa de um alvo: a coluna a prever',
  'set target: to the column that is to be predicted':
    'defina target: como a coluna que se quer prever',
  'a classification needs rows of at least two classes':
    'uma classificação precisa de linhas de pelo menos duas classes',
  'a classifier needs rows of two classes or more: check the filters and the split above':
    'um classificador precisa de linhas de duas classes ou mais: veja os filtros e a divisão acima',
  'a clustering has no target to cross-validate on':
    'um agrupamento não tem alvo para a validação cruzada',
  'a model learns from rows of weight above zero only':
    'um modelo só aprende com linhas de peso acima de zero',
  'a row weight in "{0}" is negative': 'um peso de linha em "{0}" é negativo',
  'weights are zero or more': 'pesos são zero ou mais',
  'add a clip step before it, or filter those rows out':
    'acrescente uma etapa clip antes, ou filtre essas linhas',
  'add a line such as target: {0}': 'acrescente uma linha como target: {0}',
  'add an impute or a clip step before the model, or filter those rows out':
    'acrescente uma etapa impute ou clip antes do modelo, ou filtre essas linhas',
  'add an impute step before it, or filter those rows out':
    'acrescente uma etapa impute antes, ou filtre essas linhas',
  'all row weights are zero': 'todos os pesos das linhas são zero',
  'choose another target, or look at how its column was read':
    'escolha outro alvo, ou veja como a coluna dele foi lida',
  booleans: 'valores lógicos',
  dates: 'datas',
  'lists or structs': 'listas ou estruturas',
  numbers: 'números',
  'feature "{0}" is not a number ({1})': 'a variável "{0}" não é um número ({1})',
  'filter those rows out, or clip the target, before the model':
    'filtre essas linhas, ou limite o alvo, antes do modelo',
  'look at the cells above: a filter, a join or the split may have left none':
    'veja as células acima: um filtro, uma junção ou a divisão pode não ter deixado nenhuma',
  'look at the cells above: the file may hold a header only, or a filter left none':
    'veja as células acima: o arquivo pode ter só o cabeçalho, ou um filtro não deixou nenhuma',
  'lower test and validation': 'diminua test e validation',
  'lower batchSize, choose a smaller model, or train on fewer rows or columns':
    'diminua batchSize, escolha um modelo menor, ou treine com menos linhas ou colunas',
  memory: 'a memória',
  'the memory of {0}': 'a memória de {0}',
  'no model of the kind "{0}"': 'não há modelo do tipo "{0}"',
  'raise the memory limit in the settings, or work on fewer columns or rows':
    'aumente o limite de memória nas configurações, ou trabalhe com menos colunas ou linhas',
  'regression predicts a number; for classes choose a model that does classification':
    'a regressão prevê um número; para classes, escolha um modelo que faça classificação',
  'take its parts with a date-parts step before':
    'tire as partes dela com uma etapa date-parts antes',
  'take numbers out of it with a derive step before':
    'tire números dela com uma etapa derive antes',
  'turn it into numbers with a one-hot or ordinal step before':
    'transforme-a em números com uma etapa one-hot ou ordinal antes',
  '{0}, or leave it out of features': '{0}, ou tire-a de features',
  'the connection to the host was lost': 'a conexão com o anfitrião foi perdida',
  'your work is saved; open the project again': 'seu trabalho está salvo; abra o projeto de novo',
  'the feature "{0}" holds {1}': 'a variável "{0}" contém {1}',
  'the table has no column beside the target that this model could learn from':
    'a tabela não tem, além do alvo, coluna com que este modelo possa aprender',
  'a cnn learns from images as they are': 'uma cnn aprende com imagens como elas são',
  'an image': 'uma imagem',
  images: 'imagens',
  'make it the only feature': 'faça dela a única variável',
  'an images cell reads a folder of images': 'uma célula images lê uma pasta de imagens',
  'none of the {0} images could be read': 'nenhuma das {0} imagens pôde ser lida',
  'the first: {0}': 'a primeira: {0}',
  'the target "{0}" cannot be a feature': 'o alvo "{0}" não pode ser uma variável',
  'the target "{0}" has infinite or too large values':
    'o alvo "{0}" tem valores infinitos ou grandes demais',
  'the target "{0}" holds {1}': 'o alvo "{0}" contém {1}',
  'the target has one class only: "{0}"': 'o alvo só tem uma classe: "{0}"',
  'the target is missing in all {0} training rows': 'o alvo falta em todas as {0} linhas de treino',
  'the training arrays do not fit into memory': 'as matrizes de treino não cabem na memória',
  'the training does not fit into {0}': 'o treino não cabe: falta {0}',
  'the training process did not start: {0}': 'o processo de treino não iniciou: {0}',
  'the training rows have one class only, "{0}"': 'as linhas de treino só têm uma classe, "{0}"',
  'the weights "{0}" are not numbers': 'os pesos "{0}" não são números',
  'there are no rows to split': 'não há linhas a dividir',
  'there are no training rows': 'não há linhas de treino',
  'there is no class "{0}"': 'não há a classe "{0}"',
  'there is no feature column to learn from': 'não há coluna com que aprender',
  'there is no feature to learn from': 'não há variável com que aprender',
  'train on fewer rows or columns': 'treine com menos linhas ou colunas',
  'train on fewer rows or columns, choose a smaller model, or raise the memory limit in the settings':
    'treine com menos linhas ou colunas, escolha um modelo menor, ou aumente o limite de memória nas configurações',
  'training needed more than {0} MiB of memory': 'o treino precisou de mais de {0} MiB de memória',
  '1 row is too few to leave any to train on': '1 linha é pouco para que sobre alguma para treinar',
  '{0} rows are too few to leave any to train on':
    '{0} linhas são poucas para que sobre alguma para treinar',
  '{0} did not start: {1}': '{0} não iniciou: {1}',
  '{0} does not do {1}': '{0} não faz {1}',
  '{0} does {1}, not {2}': '{0} faz {1}, não {2}',
  stopped: 'interrompido',

  // Execuções guardadas.
  '"{0}" is not the id of a run': '"{0}" não é o id de uma execução',
  'no run "{0}"': 'não há a execução "{0}"',
  'no run has "{0}"': 'nenhuma execução tem "{0}"',
  'run the evaluation again to keep one': 'execute a avaliação de novo para guardar um',
  'run {0} has no report of "{1}"': 'a execução {0} não tem relatório de "{1}"',
  'run {0} is still running': 'a execução {0} ainda está em andamento',

  // Registro de uma execução.
  'all rows: {0}': 'todas as linhas: {0}',
  finished: 'terminado',
  'fold {0}: {1}': 'partição {0}: {1}',
  'stopped early in epoch {0}: {1} was not better than in epoch {2} for {3} epochs; the weights of that epoch are kept':
    'parado antes do fim na época {0}: {1} não foi melhor que na época {2} por {3} épocas; ficam os pesos daquela época',
  'the log is cut here: it has {0} KiB, and only its last lines follow when the run ends':
    'o registro é cortado aqui: ele tem {0} KiB, e só as últimas linhas seguem quando a execução termina',
  'the training process {0} may use {1} MiB': 'o processo de treino {0} pode usar {1} MiB',
  'trains on {0}': 'treina em {0}',
  '{0} lines were left out': '{0} linhas foram omitidas',
  '{0} training rows and {1} validation rows of {2} numbers were read in {3} s':
    '{0} linhas de treino e {1} de validação, de {2} números, foram lidas em {3} s',
  '{0} was fitted by {1} in {2} s': '{0} foi ajustado por {1} em {2} s',
  // Explicações.
  '"{0}" is an image: a pixel that is shuffled among images says nothing':
    '"{0}" é uma imagem: um pixel embaralhado entre imagens não diz nada',
  'a clustering has no target, so nothing says what a column is worth to it':
    'um agrupamento não tem alvo, então nada diz o que uma coluna vale para ele',
  'a value that it cannot do without is missing in every row: impute it before the model':
    'em todas as linhas falta um valor de que ele precisa: preencha-o antes do modelo',
  'a {0} is not explained in "{1}"': 'uma tarefa de {0} não se explica em "{1}"',
  'explain the run again': 'explique a execução de novo',
  'its report shows how well the clusters are told apart':
    'o relatório dele mostra o quanto os grupos se distinguem',
  'one of {0}': 'um de {0}',
  'run "{0}" in {1} again': 'execute "{0}" em {1} de novo',
  'run {0} has lost its model': 'a execução {0} perdeu o modelo',
  'run {0} left no model that could be explained':
    'a execução {0} não deixou um modelo que se possa explicar',
  'run {0} was not explained yet': 'a execução {0} ainda não foi explicada',
  'shuffling "{0}"': 'embaralhando "{0}"',
  'take the folder of the run back from a copy': 'recupere a pasta da execução de uma cópia',
  'the confusion matrix of its evaluation opens the images that were mistaken':
    'a matriz de confusão da avaliação abre as imagens que foram confundidas',
  'the model answers none of the {0} rows': 'o modelo não responde a nenhuma das {0} linhas',
  'the rows that this run learned from are not in the store any more':
    'as linhas com que esta execução aprendeu não estão mais no armazém',
  'train it again, to its end': 'treine de novo, até o fim',
  'varying "{0}"': 'variando "{0}"',
  'wait until it has finished': 'espere até que termine',
  // Linhas para experimentar um modelo.
  '"{0}" is no number': '"{0}" não é um número',
  '"{0}" is neither true nor false': '"{0}" não é verdadeiro nem falso',
  'a quotation mark stands alone in line {0}': 'há aspas sem par na linha {0}',
  'give one object, a list of objects, or one a line':
    'dê um objeto, uma lista de objetos, ou um por linha',
  'give {0} at most': 'dê no máximo {0}',
  'line {0} has {1} fields, the header has {2}': 'a linha {0} tem {1} campos, o cabeçalho tem {2}',
  'run a package cell after the register cell that made this version':
    'execute uma célula que empacota depois da que registrou esta versão',
  '{0} holds no row': '{0} não contém linhas',
  '{0} rows are too many for a trial': '{0} linhas são demais para experimentar',
  '{0} version {1} has no bundle in {2}': '{0} versão {1} não tem pacote em {2}',

  // Progresso.
  'by {0}': 'por {0}',
  'comparing columns with {0}': 'comparando as colunas com {0}',
  'comparing {0}': 'comparando {0}',
  compiling: 'compilando',
  'correlating the columns': 'correlacionando as colunas',
  'counting rows': 'contando as linhas',
  'counting the rows': 'contando as linhas',
  'epoch {0}/{1}': 'época {0}/{1}',
  'iteration {0}': 'iteração {0}',
  'measuring devices': 'medindo os dispositivos',
  'products of features': 'produtos das variáveis',
  'profiling the columns': 'analisando as colunas',
  'reading rows': 'lendo as linhas',
  'reading runs {0}/{1}': 'lendo as execuções {0}/{1}',
  'reading {0}': 'lendo {0}',
  'reading {0}: {1} rows': 'lendo {0}: {1} linhas',
  'resample {0} of {1}': 'reamostragem {0} de {1}',
  'row {0} of {1}': 'linha {0} de {1}',
  'sorting {0} rows': 'ordenando {0} linhas',
  'start {0}/{1}': 'início {0}/{1}',
  'starting the server of the bundle': 'iniciando o servidor do pacote',
  'writing rows to disk: {0} of {1}': 'gravando as linhas no disco: {0} de {1}',
  '{0} of {1} images read': '{0} de {1} imagens lidas',
  'writing the table': 'gravando a tabela',
  '{0} golden rows agree': '{0} linhas de referência conferem',
  '{0} of {1} rows scored': '{0} de {1} linhas avaliadas',
  '"{0}" is a file, not a folder of images': '"{0}" é um arquivo, não uma pasta de imagens',
  'name the folder that it lies in': 'indique a pasta em que ele está',
  'there is no image in "{0}"': 'não há imagem em "{0}"',
  'put PNG or JPEG files into it, those of each class in a folder of its own':
    'ponha nela arquivos PNG ou JPEG, os de cada classe em uma pasta própria',
  '{0} learns from one column of images': '{0} aprende de uma coluna de imagens',
  'an images cell gives one; for other features choose another model, such as mlp':
    'uma célula de imagens dá uma; para outras variáveis escolha outro modelo, como mlp',
  'write features: [{0}]': 'escreva features: [{0}]',
  '"{0}" is an image and stands beside other features':
    '"{0}" é uma imagem e está ao lado de outras variáveis',
  'a model learns from an image alone: write features: [{0}]':
    'um modelo aprende só da imagem: escreva features: [{0}]',
  'finding the types of the columns': 'identificando os tipos das colunas',
}
