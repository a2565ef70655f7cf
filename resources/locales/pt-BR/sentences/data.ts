// Files, the reading of data, and the profile of a table.
export const data: Readonly<Record<string, string>> = {
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
  'these rows have more than {0} bytes': 'estas linhas têm mais de {0} bytes',
  'ask for fewer rows or columns at a time': 'peça menos linhas ou colunas de cada vez',
  'cannot read \'{0}\' in column "{1}" as {2}':
    'não é possível ler \'{0}\' na coluna "{1}" como {2}',
  'line {0}': 'linha {0}',
  'line {0}, column {1}': 'linha {0}, coluna {1}',
  '"{0}" is more than {1} folders deep': '"{0}" está a mais de {1} pastas de profundidade',
  'bring in a folder that lies further down': 'traga uma pasta que fique mais abaixo',
  '{0} rows are more than can be divided ({1})': '{0} linhas são mais do que se pode dividir ({1})',
  'take a sample of them first': 'antes, tire uma amostra delas',
  '"{0}" cannot be read as Arrow: {1}': '"{0}" não pode ser lido como Arrow: {1}',
  'the file may be cut short; write it again, or as Parquet':
    'o arquivo pode estar cortado; grave-o de novo, ou como Parquet',
  '"{0}" is a damaged {1} archive': '"{0}" é um arquivo compactado {1} danificado',
  'unpack it with another program, or copy it again from where it came':
    'descompacte-o com outro programa, ou copie-o de novo da origem',
  'a tab': 'uma tabulação',
  '{0} is read as one column, "{1}": its first line has {2} between names, but most rows do not; if there are several columns, set `delimiter`':
    '{0} foi lido como uma só coluna, "{1}": a primeira linha tem {2} entre os nomes, mas a maioria das linhas não; se há várias colunas, defina `delimiter`',
  '{0} is read as {1}': '{0} foi lido como {1}',
  'lower `skip`: it leaves nothing': 'diminua `skip`: não sobra nada',
  'the file has blank lines only': 'o arquivo só tem linhas em branco',
  'choose another with `sheet`, by its name or its number':
    'escolha outra com `sheet`, pelo nome ou pelo número',
  '"{0}" holds cells of several types and is read as text':
    '"{0}" tem células de vários tipos e foi lida como texto',
  '`types` names a column "{0}" that is not there': '`types` cita a coluna "{0}", que não existe',
  'the columns are {0}': 'as colunas são {0}',
  'no row of "{0}" could be read: {1} of {2} are broken; the first: {3}':
    'nenhuma linha de "{0}" pôde ser lida: {1} de {2} têm defeito; a primeira: {3}',
  'set delimiter, quote, header, encoding or types to what the file really has':
    'defina delimiter, quote, header, encoding ou types conforme o que o arquivo de fato tem',
  'Feather version 1': 'Feather versão 1',
  'an Arrow stream': 'um fluxo Arrow',
  'a zip archive or an Excel workbook': 'um arquivo zip ou uma planilha do Excel',
  'an old Excel workbook (.xls)': 'uma planilha antiga do Excel (.xls)',
  'a SQLite database': 'um banco de dados SQLite',
  'a PNG image': 'uma imagem PNG',
  'a JPEG image': 'uma imagem JPEG',
  'a GIF image': 'uma imagem GIF',
  'a PDF document': 'um documento PDF',
  'a program': 'um programa',
  'a bzip2 archive': 'um arquivo bzip2',
  'an xz archive': 'um arquivo xz',
  'a 7-Zip archive': 'um arquivo 7-Zip',
  'a Python pickle': 'um pickle do Python',
  '"{0}" is {1}, not {2}': '"{0}" é {1}, não {2}',
  'leave out `format` or set it to {0}': 'tire `format`, ou defina-o como {0}',
  'export it as CSV, Parquet or Excel (.xlsx) and use that file':
    'exporte-o como CSV, Parquet ou Excel (.xlsx) e use esse arquivo',
  '"{0}" is not {1}: it holds binary data, not text':
    '"{0}" não é {1}: contém dados binários, não texto',
  '"{0}" is not {1}: it holds text': '"{0}" não é {1}: contém texto',
  'the images cannot be decoded any more': 'as imagens não podem mais ser decodificadas',
  'larger than {0} MiB': 'maior que {0} MiB',
  'cannot be read: {0}': 'não pode ser lido: {0}',
  '… and {0} more such notes': '… e mais {0} avisos como estes',
  '"{0}" has no values; it is text until you give it a type':
    '"{0}" não tem valores; é texto até que você lhe dê um tipo',
  '"{0}": {1} values are read as missing': '"{0}": {1} valores foram lidos como ausentes',
  '"{0}": {1} values such as "{2}" are read as missing':
    '"{0}": {1} valores como "{2}" foram lidos como ausentes',
  '"{0}" is read as {1}, but could as well be {2}; say which with `dates`':
    '"{0}" foi lida como {1}, mas poderia ser {2}; diga qual com `dates`',
  '"{0}" {1}': '"{0}" {1}',
  '"{0}" stays text: {1} of its values, such as "{2}", are no {3}; with {4} those rows are put aside instead':
    '"{0}" continua texto: {1} dos seus valores, como "{2}", não são {3}; com {4}, em vez disso, essas linhas ficam de lado',
  '{0} holds one object, so the table has one row':
    '{0} contém um só objeto, e por isso a tabela tem uma linha',
  '"{0}" holds no table: {1}': '"{0}" não contém uma tabela: {1}',
  'record {0} is {1}': 'o registro {0} é {1}',
  'it has no records': 'não há registros',
  'a table is a list of objects: [{"name": "Ana", "age": 31}, …]':
    'uma tabela é uma lista de objetos: [{"nome": "Ana", "idade": 31}, …]',
  line: 'linha',
  record: 'registro',
  '{0}: {1} {2}, byte {3}': '{0}: {1} {2}, byte {3}',
  'mend that place, or export the file again as one object a line (.ndjson): there, broken lines are put aside':
    'corrija esse ponto, ou exporte o arquivo de novo com um objeto por linha (.ndjson): assim, linhas com defeito ficam de lado',
  'column {0} has no name and is called "{1}"': 'a coluna {0} não tem nome e se chama "{1}"',
  'a second column "{0}" (column {1}) is called "{2}"':
    'uma segunda coluna "{0}" (coluna {1}) se chama "{2}"',
  '… and {0} more column names': '… e mais {0} nomes de colunas',
  'no encoding named "{0}"; use one of {1}':
    'não há codificação chamada "{0}"; use uma destas: {1}',
  '"{0}" is not a date format; write it as dd/mm/yyyy hh:mm or %d/%m/%Y %H:%M':
    '"{0}" não é um formato de data; escreva-o como dd/mm/yyyy hh:mm ou %d/%m/%Y %H:%M',
  '"{0}" is not a type; use text, integer, number, boolean, date, timestamp, or a DuckDB type such as DECIMAL(10,2)':
    '"{0}" não é um tipo; use text, integer, number, boolean, date, timestamp ou um tipo do DuckDB, como DECIMAL(10,2)',
  'the file may be cut short; copy or export it again':
    'o arquivo pode estar cortado; copie-o ou exporte-o de novo',
  'has whole numbers too long for a number, which stay text':
    'tem inteiros longos demais para um número, que continuam texto',
  'has numbers with leading zeros, which stay text':
    'tem números com zeros à esquerda, que continuam texto',
  'broken UTF-8': 'UTF-8 inválido',
  'a quote is opened and never closed': 'as aspas abrem e não fecham',
  'text follows a closing quote': 'há texto depois das aspas que fecham',
  'the line is longer than {0} MB': 'a linha tem mais de {0} MB',
  'not an object': 'não é um objeto',
  '1 field where there are {0} columns': '1 campo, e há {0} colunas',
  '{0} fields where there are {1} columns': '{0} campos, e há {1} colunas',
  '"{0}" is not an {1}': '"{0}" não é {1}',
  '"{0}" is not a {1}': '"{0}" não é {1}',
  '"{0}" means files of two formats: "{1}" is {2}, "{3}" {4}':
    '"{0}" abrange arquivos de dois formatos: "{1}" é {2}, "{3}" é {4}',
  'narrow the pattern, such as data/*.csv': 'restrinja o padrão, como data/*.csv',
  '{0} is read in place': '{0} é lido diretamente do arquivo',
  '"{0}" is in {1} but not in {2}': '"{0}" está em {1}, mas não em {2}',
  '"{0}" is missing in {1}': '"{0}" falta em {1}',
  '{0}, column "{1}"': '{0}, coluna "{1}"',
  '1 row could not be read and is kept aside: {0}: {1}':
    '1 linha não pôde ser lida e ficou de lado: {0}: {1}',
  '{0} rows could not be read and are kept aside; the first: {1}: {2}':
    '{0} linhas não puderam ser lidas e ficaram de lado; a primeira: {1}: {2}',
  'it is cut off': 'está cortado',
  'broken: {0}': 'com defeito: {0}',
  'the file is empty': 'o arquivo está vazio',
  'neither a PNG nor a JPEG file': 'não é um arquivo PNG nem JPEG',
  'broken: the PNG has no header': 'com defeito: o PNG não tem cabeçalho',
  'broken: the PNG has no pixels': 'com defeito: o PNG não tem pixels',
  '{0} × {1} pixels are more than the {2} million that are read':
    '{0} × {1} pixels são mais do que os {2} milhões que são lidos',
  '{0} of {1} images have sides of another ratio and were stretched':
    '{0} de {1} imagens têm lados de outra proporção e foram esticadas',
  '1 image could not be read and is kept aside: {0}':
    '1 imagem não pôde ser lida e ficou de lado: {0}',
  '{0} images could not be read and are kept aside; the first: {1}':
    '{0} imagens não puderam ser lidas e ficaram de lado; a primeira: {1}',
  '{0} × {1}, in colour': '{0} × {1}, em cores',
  '{0} × {1}, grey': '{0} × {1}, em tons de cinza',
  '"{0}" cannot be read': '"{0}" não pode ser lido',
  'is it a folder, or was it moved? choose the file again':
    'é uma pasta, ou foi movido? escolha o arquivo de novo',
  'correlations are estimated from about {0} of {1} rows':
    'as correlações são estimadas com cerca de {0} de {1} linhas',
  'correlations cover the first {0} of {1} {2}':
    'as correlações abrangem as primeiras {0} de {1} {2}',
  'number columns': 'colunas numéricas',
  'category columns': 'colunas de categorias',
  'correlations leave out {0} category columns with more than {1} values':
    'as correlações deixam de fora {0} colunas de categorias com mais de {1} valores',
  'distinct values and quantiles of {0} are estimates: more than {1} different values':
    'os valores distintos e quantis de {0} são estimativas: há mais de {1} valores diferentes',
  'rows with missing values are counted over {0} of {1} columns that miss some':
    'as linhas com valores ausentes são contadas em {0} das {1} colunas em que eles faltam',
  'the target is compared with the first {0} of {1} columns':
    'o alvo é comparado com as primeiras {0} de {1} colunas',
  'the target is compared over about {0} of {1} rows':
    'o alvo é comparado em cerca de {0} de {1} linhas',
  'the {0} most frequent of {1} classes are listed':
    'são mostradas as {0} mais frequentes de {1} classes',
  '{0} of {1} rows have no {2}: no model can learn from them':
    '{0} de {1} linhas não têm {2}: nenhum modelo pode aprender com elas',
  '"{0}" has {1} rows where "{2}" has {3}': '"{0}" tem {1} linhas, e "{2}" tem {3}',
  '{0} alone tells {1} almost exactly ({2} {3}): is it known before the prediction?':
    '{0} sozinha diz quase exatamente {1} ({2} {3}): ela é conhecida antes da previsão?',
  'share of entropy': 'fração da entropia',
  '{0} of {1} rows repeat an earlier one: after a split, test rows may stand in training':
    '{0} de {1} linhas repetem uma anterior: depois de uma divisão, linhas de teste podem estar no treino',
  '{0} has no values': '{0} não tem valores',
  '{0} has the same value in all rows': '{0} tem o mesmo valor em todas as linhas',
  '{0} has {1} different values in {2} rows, like an id':
    '{0} tem {1} valores diferentes em {2} linhas, como um identificador',
  '{0} is missing in {1} of the rows': '{0} falta em {1} das linhas',
  '{0} is text, but all its values are numbers':
    '{0} é texto, mas todos os seus valores são números',
  '{0} holds {1} numbers and {2} other texts': '{0} tem {1} números e {2} outros textos',
  '{0} has {1} categories': '{0} tem {1} categorias',
  '{0} is infinite in {1} rows': '{0} é infinita em {1} linhas',
  '{0} is skewed ({1})': '{0} é assimétrica ({1})',
  '{0} of {1} lie beyond {2} and {3}': '{0} dos valores de {1} ficam fora de {2} a {3}',
  '{0} and {1} say nearly the same ({2} {3})': '{0} e {1} dizem quase o mesmo ({2} {3})',
  '{0}%': '{0}%',
  '"{0}" is {1} in {2} and is read as text': '"{0}" é {1} em {2} e foi lida como texto',
  '"{0}" is read as numbers without their "{1}"': '"{0}" foi lida como números sem o "{1}"',
  '{0} writes {1} of its values in several ways, such as {2}':
    '{0} escreve {1} de seus valores de vários modos, como {2}',
}
