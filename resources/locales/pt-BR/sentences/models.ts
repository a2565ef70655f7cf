// Registered models, bundles and requests.
export const models: Readonly<Record<string, string>> = {
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
  'no file "{0}" in the project': 'não há o arquivo "{0}" no projeto',
  'no column named "{0}" in the graph': 'não há coluna chamada "{0}" no grafo',
  'the model takes {0} inputs, not {1}': 'o modelo recebe {0} entradas, não {1}',
  'the model\'s input "{0}" is {1}, not {2}': 'a entrada "{0}" do modelo é {1}, não {2}',
  'no tensor': 'nenhum tensor',
  'the model\'s output "{0}" is not a tensor': 'a saída "{0}" do modelo não é um tensor',
  'export the model again without ZipMap': 'exporte o modelo de novo sem ZipMap',
  'the model is of ONNX opset {0}, not {1}': 'o modelo é do opset {0} do ONNX, não {1}',
  'convert it: onnx.version_converter.convert_version(model, {0})':
    'converta-o: onnx.version_converter.convert_version(model, {0})',
  'the model has functions of its own': 'o modelo tem funções próprias',
  'inline them first: onnx.inliner.inline_local_functions(model)':
    'antes, incorpore-as: onnx.inliner.inline_local_functions(model)',
  'the model takes {0} features and was given {1}': 'o modelo recebe {0} atributos, e vieram {1}',
  'score it on the columns that it was trained on': 'aplique-o às colunas com que foi treinado',
  '{0} numbers are not {1} rows × {2} features': '{0} números não são {1} linhas × {2} atributos',
  'there is no model at "{0}"': 'não há modelo em "{0}"',
  'run the cell that trains it again': 'execute de novo a célula que o treina',
  'the model cannot be read: {0}': 'o modelo não pode ser lido: {0}',
  'the model cannot be served: {0}': 'o modelo não pode ser servido: {0}',
  '{0} {1} has no card': '{0} {1} não tem ficha',
  '"{0}" is no name for a file of a version':
    '"{0}" não serve de nome para um arquivo de uma versão',
  'event {0} is missing': 'falta o evento {0}',
  'event {0} was changed after it was written': 'o evento {0} foi alterado depois de gravado',
  'event {0} does not follow the one before it': 'o evento {0} não segue o anterior',
  'take the log folder back from a copy; Bancada does not go on with a log that was edited':
    'recupere a pasta log de uma cópia; o Bancada não continua um registro que foi editado',
  'this event is not JSON: {0}': 'este evento não é JSON: {0}',
  '"{0}" is no name for a model': '"{0}" não serve de nome para um modelo',
  'use up to 63 letters, digits, dots, dashes and underscores, such as penguin-species':
    'use até 63 letras, algarismos, pontos, hifens e sublinhados, como especie-de-pinguim',
  'there is a model "{0}" already': 'já há um modelo "{0}"',
  'names that differ in upper and lower case alone are one folder on many systems':
    'nomes que só diferem em maiúsculas são uma mesma pasta em muitos sistemas',
  '{0} version {1}': '{0} versão {1}',
  '{0} was rejected by {1}: {2}': '{0} foi rejeitada por {1}: {2}',
  '{0} was rejected by {1}': '{0} foi rejeitada por {1}',
  'have it approved by the same person, or override with a reason':
    'peça que a mesma pessoa a aprove, ou dispense a aprovação com um motivo',
  '{0} has {1} of the 1 approval that production needs':
    '{0} tem {1} da 1 aprovação que a produção exige',
  '{0} has {1} of the {2} approvals that production needs':
    '{0} tem {1} das {2} aprovações que a produção exige',
  'approve it first, or override with a reason, which is kept in the audit log':
    'aprove-a antes, ou dispense a aprovação com um motivo, que fica no registro de auditoria',
  '"{0}" of {1} version {2} was changed or lost': '"{0}" de {1} versão {2} foi alterado ou perdido',
  'run the document again: registering the same model mends its files':
    'execute o documento de novo: registrar o mesmo modelo conserta os arquivos',
  'an override needs a reason': 'dispensar a aprovação exige um motivo',
  'say why; it is kept in the audit log': 'diga por quê; isso fica no registro de auditoria',
  'no version of {0} is in production': 'nenhuma versão de {0} está em produção',
  '{0} had no other version in production before version {1}':
    '{0} não teve outra versão em produção antes da versão {1}',
  '{0} version {1} is not one that production left':
    '{0} versão {1} não é uma das que saíram de produção',
  'these were in production: {0}': 'estas estiveram em produção: {0}',
  'this report does not fit': 'este relatório não serve',
  'no model "{0}"': 'não há o modelo "{0}"',
  '{0} has no version': '{0} não tem versão',
  '{0} has no version {1}': '{0} não tem a versão {1}',
  '{0} has no version in stage "{1}"': '{0} não tem versão no estágio "{1}"',
  'it has versions 1 to {0}': 'há as versões de 1 a {0}',
  'not JSON: {0}': 'não é JSON: {0}',
  'there is something at {0} already': 'já há algo em {0}',
  '"{0}" is no line of a MANIFEST': '"{0}" não é uma linha de um MANIFEST',
  '{0} is not the file that was packaged': '{0} não é o arquivo que foi empacotado',
  'package the version again': 'empacote a versão de novo',
  'the server of the bundle did not start within {0} seconds':
    'o servidor do pacote não iniciou em {0} segundos',
  'the server of the bundle could not be started: {0}':
    'o servidor do pacote não pôde ser iniciado: {0}',
  'the server of the bundle ended with code {0} before it listened':
    'o servidor do pacote terminou com o código {0} antes de atender',
  'the step "{0}" has no form for a graph': 'a etapa "{0}" não tem forma para um grafo',
  'the feature "{0}" is text': 'o atributo "{0}" é texto',
  'encode it first, such as with one-hot': 'codifique-o antes, por exemplo com one-hot',
  'a feature is made from the target "{0}"': 'um atributo é feito do alvo "{0}"',
  'a request does not have the target; leave it out of the features':
    'uma requisição não tem o alvo; tire-o dos atributos',
  'the column "{0}" of type {1} cannot be served':
    'a coluna "{0}" do tipo {1} não pode ser servida',
  'cast it to a number, text or a date in a SQL cell first':
    'antes, converta-a em número, texto ou data em uma célula SQL',
  'a step serves by SQL and no session was given to plan it':
    'uma etapa é servida por SQL, e nenhuma sessão foi dada para planejá-la',
  'a quote is never closed': 'as aspas não fecham',
  '"{0}" follows a closing quote': '"{0}" vem depois das aspas que fecham',
  'write a quote inside a quoted field twice':
    'dentro de um campo entre aspas, escreva as aspas duas vezes',
  'the image cannot be read: {0}': 'a imagem não pode ser lida: {0}',
  'send a PNG or JPEG file as base64 text': 'envie um arquivo PNG ou JPEG como texto base64',
  'a pixel is {0}': 'um pixel é {0}',
  'a list has {0} values': 'uma lista tem {0} valores',
  'a list is missing': 'falta uma lista',
  'the image is not {0}: {1}': 'a imagem não é {0}: {1}',
  'send {0} lists of {1} lists of 3 whole numbers from 0 to 255, or a PNG or JPEG file as base64 text':
    'envie {0} listas de {1} listas de 3 números inteiros de 0 a 255, ou um arquivo PNG ou JPEG como texto base64',
  'send {0} lists of {1} whole numbers from 0 to 255, or a PNG or JPEG file as base64 text':
    'envie {0} listas de {1} números inteiros de 0 a 255, ou um arquivo PNG ou JPEG como texto base64',
  '{0} is not {1}': '{0} não é {1}',
  'a date such as "2025-01-31" or "2025-01-31T12:00:00Z"':
    'uma data como "2025-01-31" ou "2025-01-31T12:00:00Z"',
  'a PNG or JPEG file as base64 text, nor an image as lists of its pixels':
    'um arquivo PNG ou JPEG como texto base64, nem uma imagem como listas de seus pixels',
  'something that a request can carry': 'algo que uma requisição possa levar',
  'write {0} without quotes': 'escreva {0} sem aspas',
  'such as "data:image/png;base64,…"': 'como "data:image/png;base64,…"',
  'write it as text: {0}': 'escreva como texto: {0}',
  'null stands for an unknown value': 'null representa um valor desconhecido',
  'the bundle has no golden rows to be checked by':
    'o pacote não tem linhas de referência com que ser conferido',
  'the bundle answers {0} of {1} golden rows differently\n{2}':
    'o pacote responde de outro modo a {0} de {1} linhas de referência\n{2}',
  '{0}\n{1}': '{0}\n{1}',
  nothing: 'nada',
  'row {0}: {1}; sent {2}': 'linha {0}: {1}; enviado {2}',
  '{0} is {1}, not {2}': '{0} é {1}, não {2}',
  '{0} (sent together)': '{0} (enviadas juntas)',
  'a step computes something else in the bundle than in the document; leave out the last steps one by one to find it':
    'uma etapa calcula no pacote algo diferente do documento; tire as últimas etapas uma a uma para encontrá-la',
  'there is nothing at {0}': 'não há nada em {0}',
  'try {0}': 'tente {0}',
  '{0} does not take {1}': '{0} não aceita {1}',
  'the model failed; see the log of the server': 'o modelo falhou; veja o log do servidor',
  'the request is larger than {0} MB': 'a requisição tem mais de {0} MB',
  'send fewer rows at a time': 'envie menos linhas de cada vez',
  'the request is not UTF-8 text': 'a requisição não é texto UTF-8',
  'the preparation gave {0} rows for {1}': 'a preparação deu {0} linhas para {1}',
  'no step called "{0}"': 'não há etapa chamada "{0}"',
  'the step "{0}" was applied in version {1}; this is version {2}':
    'a etapa "{0}" foi aplicada na versão {1}; esta é a versão {2}',
  'run the document again, so that the model learns with this version':
    'execute o documento de novo, para que o modelo aprenda com esta versão',
  'cannot read a request of type {0}': 'não é possível ler uma requisição do tipo {0}',
  'send one of {0}': 'envie um destes: {0}',
  'send [{"column": value, …}, …], {"rows": […]}, {"instances": […]} or {"columns": {"column": [value, …], …}}':
    'envie [{"coluna": valor, …}, …], {"rows": […]}, {"instances": […]} ou {"columns": {"coluna": [valor, …], …}}',
  'there are no rows in the request': 'não há linhas na requisição',
  'row {0}': 'linha {0}',
  'record {0}': 'registro {0}',
  'row {0}, column "{1}"': 'linha {0}, coluna "{1}"',
  'a row is not an object': 'uma linha não é um objeto',
  'column "{0}" is not a list of values': 'a coluna "{0}" não é uma lista de valores',
  'column "{0}" has {1} values, and "{2}" has {3}':
    'a coluna "{0}" tem {1} valores, e "{2}" tem {3}',
  'every column needs one value for each row; null where it is unknown':
    'toda coluna precisa de um valor para cada linha; null onde é desconhecido',
  'the header names "{0}" twice': 'o cabeçalho traz "{0}" duas vezes',
  '{0} values where {1} are expected': '{0} valores onde se esperam {1}',
  'in this order: {0}{1}': 'nesta ordem: {0}{1}',
  'GET /openapi.json lists the columns': 'GET /openapi.json lista as colunas',
  'column "{0}" is missing': 'falta a coluna "{0}"',
  'send null where its value is unknown': 'envie null onde o valor é desconhecido',
  'the module {0} is not installed in {1}': 'o módulo {0} não está instalado em {1}',
  'run `npm install --ignore-scripts` there, or say where it is with --modules FOLDER':
    'execute `npm install --ignore-scripts` ali, ou diga onde ele está com --modules PASTA',
  'cannot read {0}: {1}': 'não é possível ler {0}: {1}',
  'is this the folder of a bundle?': 'esta é a pasta de um pacote?',
  '{0} is of format {1}; this server reads format {2}':
    '{0} é do formato {1}; este servidor lê o formato {2}',
  'package the model again with this version of Bancada':
    'empacote o modelo de novo com esta versão do Bancada',
  'does not know "{0}"': 'não conhece "{0}"',
  '--help': '--help',
  '{0} is {1}, not a number from {2} to {3}': '{0} é {1}, e não um número de {2} a {3}',
  'this bundle does not run any more': 'este pacote não está mais em execução',
  'start it again': 'inicie-o de novo',
  '{0} is no row': '{0} não é uma linha',
  '{0} bytes are too many for one archive': '{0} bytes são demais para um só arquivo ZIP',
  'take the folder itself: `bancada package --to DIR`':
    'leve a própria pasta: `bancada package --to DIR`',
  'packing the files': 'compactando os arquivos',
  'checking the files': 'conferindo os arquivos',
  'this download is not there any more': 'este download já não existe',
  'ask for it again': 'peça-o outra vez',
  'the file was cut short while it was read': 'o arquivo foi cortado enquanto era lido',
}
