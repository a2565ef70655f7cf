// Training.
export const training: Readonly<Record<string, string>> = {
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
  '{0} features are not numbers: {1}': '{0} atributos não são números: {1}',
  'before the model, a one-hot or ordinal step takes text and a date-parts step dates; or name the features to use':
    'antes do modelo, uma etapa one-hot ou ordinal recebe textos, e uma etapa date-parts, datas; ou indique os atributos a usar',
  'feature "{0}" is not a number ({1})': 'o atributo "{0}" não é um número ({1})',
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
    'tire as partes dele com uma etapa date-parts antes',
  'take numbers out of it with a derive step before':
    'tire números dele com uma etapa derive antes',
  'turn it into numbers with a one-hot or ordinal step before':
    'transforme-o em números com uma etapa one-hot ou ordinal antes',
  '{0}, or leave it out of features': '{0}, ou tire-o de features',
  'the connection to the host was lost': 'a conexão com o anfitrião foi perdida',
  'your work is saved; open the project again': 'seu trabalho está salvo; abra o projeto de novo',
  'the feature "{0}" holds {1}': 'o atributo "{0}" contém {1}',
  'the table has no column beside the target that this model could learn from':
    'a tabela não tem, além do alvo, coluna com que este modelo possa aprender',
  'a cnn learns from images as they are': 'uma cnn aprende com imagens como elas são',
  'an image': 'uma imagem',
  images: 'imagens',
  'make it the only feature': 'faça dela a único atributo',
  'an images cell reads a folder of images': 'uma célula images lê uma pasta de imagens',
  'none of the {0} images could be read': 'nenhuma das {0} imagens pôde ser lida',
  'the first: {0}': 'a primeira: {0}',
  'the target "{0}" cannot be a feature': 'o alvo "{0}" não pode ser umo atributo',
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
  'there is no feature to learn from': 'não há atributo com que aprender',
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
  'name some in `features`, or keep a number column in the table':
    'indique algumas em `features`, ou mantenha uma coluna numérica na tabela',
  'classification without its classes': 'classificação sem as classes',
  '{0}; so do {1} more: {2}': '{0}; e mais {1} também: {2}',
  '"{0}" has 1 missing value': '"{0}" tem 1 valor ausente',
  '"{0}" has {1} missing values': '"{0}" tem {1} valores ausentes',
  '"{0}" has 1 value infinite or too large for float32':
    '"{0}" tem 1 valor infinito ou grande demais para float32',
  '"{0}" has {1} values infinite or too large for float32':
    '"{0}" tem {1} valores infinitos ou grandes demais para float32',
  '"{0}" has 1 missing image': '"{0}" tem 1 imagem ausente',
  '"{0}" has {1} missing images': '"{0}" tem {1} imagens ausentes',
  'filter those rows out before the model': 'filtre essas linhas antes do modelo',
  'is it a quantity? then set the task to regression':
    'é uma quantidade? então defina task como regression',
  'is it an identifier rather than a class?': 'não é um identificador em vez de uma classe?',
  '{0} clusters need as many rows; there are {1}':
    '{0} grupos precisam de pelo menos {0} linhas; há {1}',
  'set `clusters` lower': 'diminua `clusters`',
  'only {0} of {1} clusters have rows: there are too few distinct rows':
    'só {0} de {1} grupos têm linhas: há poucas linhas distintas',
  'k-means did not settle in {0} iterations: raise maxIterations':
    'k-means não se estabilizou em {0} iterações: aumente maxIterations',
  '{0} neighbours need as many training rows; there are {1}':
    '{0} vizinhos precisam de pelo menos {0} linhas de treino; há {1}',
  'set `neighbours` lower': 'diminua `neighbours`',
  '{0} training rows are too many for a model that keeps them':
    '{0} linhas de treino são demais para um modelo que as guarda',
  'take a sample of the training rows, or choose another model':
    'tire uma amostra das linhas de treino, ou escolha outro modelo',
  'knn does not use row weights': 'knn não usa pesos de linhas',
  'linear did not converge in {0} rounds: raise maxIterations or alpha':
    'linear não convergiu em {0} rodadas: aumente maxIterations ou alpha',
  '"{0}" is a combination of other features; its weight is set to zero':
    '"{0}" é uma combinação de outros atributos; seu peso fica em zero',
  'logistic did not converge in {0} iterations: raise maxIterations, or lower C':
    'logistic não convergiu em {0} iterações: aumente maxIterations, ou diminua C',
  '"{0}" does not vary within the class "{1}"': '"{0}" não varia dentro da classe "{1}"',
  'set `smoothing` above zero, or leave out features that are constant':
    'defina `smoothing` acima de zero, ou tire os atributos constantes',
  'no training row is of the class {0}': 'nenhuma linha de treino é da classe {0}',
  '{0} has the same value in every training row and cannot help':
    '{0} tem o mesmo valor em todas as linhas de treino e não pode ajudar',
  '{0} have the same value in every training row and cannot help':
    '{0} têm, cada uma, o mesmo valor em todas as linhas de treino e não podem ajudar',
  training: 'treino',
  validation: 'validação',
  '{0} is {1} in the {2} rows': '{0} é {1} nas linhas de {2}',
  'a row weight': 'um peso de linha',
  'the number of a class': 'o número de uma classe',
  'a target': 'um alvo',
  '{0} and {1} more': '{0} e mais {1}',
  'its checkpoint could not be read: {0}': 'o checkpoint dele não pôde ser lido: {0}',
  'its checkpoint is of another version of Bancada':
    'o checkpoint dele é de outra versão do Bancada',
  'its checkpoint is damaged': 'o checkpoint dele está danificado',
  'its checkpoint is of another engine or recipe, or of rows in another order':
    'o checkpoint dele é de outro motor ou receita, ou de linhas em outra ordem',
  'the training started afresh: {0}': 'o treino recomeçou do início: {0}',
  'the training was broken off when it had come to its end: it was taken up again from there':
    'o treino foi interrompido quando já tinha chegado ao fim: foi retomado dali',
  'the training was broken off before: it was taken up again in epoch {0}':
    'o treino tinha sido interrompido: foi retomado na época {0}',
  'no checkpoint could be kept: {0}': 'nenhum checkpoint pôde ser guardado: {0}',
  'lower `learningRate`, set `clipNorm`, or add a scale step before the model':
    'diminua `learningRate`, defina `clipNorm`, ou acrescente uma etapa scale antes do modelo',
  '{0}: the training stopped there and kept the weights of epoch {1}; {2}':
    '{0}: o treino parou ali e guardou os pesos da época {1}; {2}',
  'in epoch {0} the loss is no number any more': 'na época {0} a perda deixa de ser um número',
  'in epoch {0} the loss grows without end': 'na época {0} a perda cresce sem parar',
  'in epoch {0} the loss is no number on the validation rows':
    'na época {0} a perda não é um número nas linhas de validação',
  'WebGPU needs a graphics driver: Vulkan on Linux (x64), Direct3D 12 on Windows, Metal on macOS':
    'o WebGPU precisa de um driver gráfico: Vulkan no Linux (x64), Direct3D 12 no Windows, Metal no macOS',
  'CUDA comes on Linux x64 when onnxruntime-node’s install script may download it (`npm install onnxruntime-node` without --ignore-scripts), with an NVIDIA driver, CUDA 12 and cuDNN 9':
    'o CUDA vem no Linux x64 quando o script de instalação do onnxruntime-node pode baixá-lo (`npm install onnxruntime-node` sem --ignore-scripts), com um driver NVIDIA, CUDA 12 e cuDNN 9',
  'DirectML comes with the Windows build of onnxruntime-node and a Direct3D 12 driver':
    'o DirectML vem com a versão do onnxruntime-node para Windows e um driver Direct3D 12',
  'the GPU ({0}) was lost in epoch {1} ({2}); continued on the {3}':
    'a GPU ({0}) foi perdida na época {1} ({2}); o treino continuou na {3}',
  '{0} needs one output for each class, and the model has {1} outputs':
    '{0} precisa de uma saída para cada classe, e o modelo tem {1} saídas',
  '{0} needs one output and two classes, and the model has {1} outputs':
    '{0} precisa de uma saída e duas classes, e o modelo tem {1} saídas',
  '{0} needs a {1} at the end, or nothing, and the model has a {2}':
    '{0} precisa de {1} no fim, ou de nada, e o modelo tem {2}',
  '{0} was asked for': '{0} foi pedido',
  'not {0}: {1}': '{0} não: {1}',
  'set `engine` to auto': 'defina `engine` como auto',
  '{0} is not in this installation of ONNX Runtime':
    '{0} não está nesta instalação do ONNX Runtime',
  'set `engine` to auto, or mend it: {0}; `bancada doctor` tries every device':
    'defina `engine` como auto, ou corrija: {0}; `bancada doctor` experimenta todos os dispositivos',
  'the training was begun on {0}, which does not start any more ({1}); continued on {2}':
    'o treino começou em {0}, que não inicia mais ({1}); continuou em {2}',
  'the training was begun on {0}, which does not start any more; continued on {1}':
    'o treino começou em {0}, que não inicia mais; continuou em {1}',
  '{0} MiB': '{0} MiB',
  '{0} GiB': '{0} GiB',
  'its first step took {0} s': 'o primeiro passo levou {0} s',
  'the network needs at least {0}, and the training may use {1}: {2} for {3} weights with their gradient and what {4} remembers of each, {5} for what the layers make of a batch of {6} rows':
    'a rede precisa de pelo menos {0}, e o treino pode usar {1}: {2} para {3} pesos com o gradiente e o que {4} guarda de cada um, {5} para o que as camadas fazem de um lote de {6} linhas',
  '{0}, {1} for the rows in memory': '{0}, {1} para as linhas na memória',
  '{0}, or raise the memory limit in the settings':
    '{0}, ou aumente o limite de memória nas configurações',
  'choose smaller layers': 'escolha camadas menores',
  'lower `batchSize`, choose smaller layers': 'diminua `batchSize`, escolha camadas menores',
  '{0} {1} rows/s': '{0} {1} linhas/s',
  'rows streamed from disk: they take {0}, and {1} may be held in memory':
    'linhas lidas do disco aos poucos: ocupam {0}, e {1} cabem na memória',
  '{0} needs all its rows in memory: {1} rows of {2} features take {3}, and {4} may be held':
    '{0} precisa de todas as linhas na memória: {1} linhas de {2} atributos ocupam {3}, e {4} cabem',
  'choose a model that streams its rows ({0}), train on fewer rows or columns, or raise the memory limit in the settings':
    'escolha um modelo que lê as linhas aos poucos ({0}), treine com menos linhas ou colunas, ou aumente o limite de memória nas configurações',
  'a spool without a target': 'linhas gravadas no disco sem um alvo',
  'the training rows need {0} on disk, and {1} are free':
    'as linhas de treino precisam de {0} no disco, e {1} estão livres',
  'free some space, train on fewer rows or columns, or raise the memory limit in the settings so that they fit into memory':
    'libere espaço, treine com menos linhas ou colunas, ou aumente o limite de memória nas configurações para que elas caibam na memória',
  'the training rows on disk are fewer than were written':
    'há no disco menos linhas de treino do que foram gravadas',
  'look whether the disk is sound, and run it again':
    'veja se o disco está em bom estado e execute de novo',
  'the training process was ended by {0}': 'o processo de treino foi encerrado por {0}',
  'the training process ended with exit code {0}': 'o processo de treino terminou com o código {0}',
  '{0}:\n{1}': '{0}:\n{1}',
  'the system does this when it runs out of memory: close other programs, or train on fewer rows':
    'o sistema faz isso quando falta memória: feche outros programas, ou treine com menos linhas',
  'run it again; if it happens each time, please report it with this message':
    'execute de novo; se acontecer sempre, informe o problema com esta mensagem',
  'it did not answer within {0} s': 'não respondeu em {0} s',
  'the driver ended the process ({0})': 'o driver encerrou o processo ({0})',
  'exit code {0}': 'código de saída {0}',
  'all rows, {0}': 'todas as linhas, {0}',
  'fold {0}, {1}': 'dobra {0}, {1}',
  'fold {0}: {1}': 'dobra {0}: {1}',
  '{0}{1}': '{0}{1}',
  '{0} training rows without a target were left out':
    '{0} linhas de treino sem alvo ficaram de fora',
  '{0} validation rows without a target were left out':
    '{0} linhas de validação sem alvo ficaram de fora',
  '{0} training rows of a class that is not listed were left out':
    '{0} linhas de treino de uma classe que não está na lista ficaram de fora',
  '{0} validation rows of a class that training never saw were left out':
    '{0} linhas de validação de uma classe que o treino nunca viu ficaram de fora',
  'after {0} times of pooling nothing is left of {1} × {2} pixels':
    'depois de {0} reduções não sobra nada de {1} × {2} pixels',
  'name fewer `filters`, lower `pool`, or read the images larger':
    'indique menos `filters`, diminua `pool`, ou leia as imagens maiores',
  '{0} rows are too few to hold some back: early stopping watches the training loss':
    '{0} linhas são poucas para separar algumas: a parada antecipada observa a perda de treino',
  '{0} is a loss for numbers, and the target is a class':
    '{0} é uma perda para números, e o alvo é uma classe',
  'leave `loss` out, or set `task: regression`': 'tire `loss`, ou defina `task: regression`',
  'poisson learns counts, and a target is {0}': 'poisson aprende contagens, e um alvo é {0}',
  'choose another `loss`, or filter such rows out': 'escolha outra `loss`, ou filtre essas linhas',
  'a model is trained on a table or a split, not on {0}':
    'um modelo treina com uma tabela ou uma divisão, não com {0}',
  'add a one-hot or ordinal step before the model, or name the features to use':
    'acrescente uma etapa one-hot ou ordinal antes do modelo, ou indique os atributos a usar',
  'add a date-parts step before the model, or name the features to use':
    'acrescente uma etapa date-parts antes do modelo, ou indique os atributos a usar',
  'the activation {0} has no compiled form': 'a ativação {0} não tem forma compilada',
  'the activation {0}': 'a ativação {0}',
  'the loss {0} has no compiled form': 'a perda {0} não tem forma compilada',
  'the optimizer {0} has no compiled form': 'o otimizador {0} não tem forma compilada',
  'a {0} layer has no compiled form': 'uma camada {0} não tem forma compilada',
  'a {0} layer trains one trial at a time': 'uma camada {0} treina uma tentativa por vez',
  'a {0} layer has inputs of unknown length':
    'uma camada {0} tem entradas de comprimento desconhecido',
  'a {0} layer with {1} has no compiled form': 'uma camada {0} com {1} não tem forma compilada',
  'a model of {0} outputs has no compiled form': 'um modelo de {0} saídas não tem forma compilada',
  'a first state': 'um estado inicial',
  'the {0} {1}': '{0} {1}',
  'dropout inside': 'dropout interno',
  'channels first': 'canais primeiro',
  'TensorFlow.js has no backend {0}': 'o TensorFlow.js não tem o backend {0}',
  '{0} not installed': '{0} não instalado',
  '{0} did not start': '{0} não iniciou',
  'no backend of TensorFlow.js starts: {0}': 'nenhum backend do TensorFlow.js inicia: {0}',
  'not {0}: it lacks {1}': '{0} não: falta {1}',
  'axis {0}': 'eixo {0}',
  'the axis of rows': 'o eixo das linhas',
  'causal padding': 'preenchimento causal',
  'a depth multiplier of {0}': 'um multiplicador de profundidade de {0}',
  'a noise shape': 'uma forma de ruído',
  'a mask': 'uma máscara',
  'an embedding of what a network computes': 'um embedding do que uma rede calcula',
  'several axes': 'vários eixos',
  'bilinear interpolation': 'interpolação bilinear',
}
