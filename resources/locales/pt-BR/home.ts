import type {home as en} from '../en/home.ts'
import type {Words} from '../en/index.ts'

export const home = {
  title: 'Projetos',
  what: 'Uma bancada de aprendizado de máquina, nesta máquina',
  own: 'Começar com seus dados',
  ownAbout:
    'Solte um arquivo em qualquer lugar aqui, ou escolha: CSV, Excel, JSON, Parquet, Arrow, ou uma pasta de imagens.',
  choose: 'Escolher arquivos …',
  fromTemplate: 'Começar com um projeto pronto',
  recent: 'Projetos recentes',
  missing: 'a pasta não existe mais',
  forget: 'Tirar da lista',
  new: 'Novo projeto',
  name: 'Nome',
  template: 'Começar com',
  empty: 'Projeto vazio',
  emptyAbout: 'Uma pasta, pronta para o que você trouxer.',
  templates: {
    'mini-pipeline': 'Mini-pipeline',
    'mini-project': 'Miniprojeto',
    'tabular-classification': 'Classificação tabular',
    'tabular-regression': 'Regressão tabular',
    'image-classification': 'Classificação de imagens',
    'text-classification': 'Classificação de textos',
  },
  about: {
    'mini-pipeline':
      'Um primeiro projeto com pinguins de verdade, de um arquivo de dados a um modelo servido e um alarme de desvio; tudo já está feito, para olhar e mudar.',
    'mini-project':
      'Para estudantes: pinguins de verdade, perguntas em vez de etapas prontas, e uma lista que se marca sozinha.',
    'tabular-classification':
      'Dar nome ao tipo de dia em Seattle: estações do ano em SQL, um modelo de base e uma rede na mesma divisão.',
    'tabular-regression':
      'Milhas por galão: valores ausentes, grupos que não se podem separar, uma reta e uma rede, resíduos.',
    'image-classification':
      'Ler dígitos escritos à mão: uma pasta de imagens, uma rede convolucional, e as imagens que ela toma por outras.',
    'text-classification':
      'Separar spam: mensagens de texto, campanhas que não podem estar em duas partes, palavras e pares delas, e o que você mesmo digitar.',
  },
  openFolder: 'Abrir uma pasta',
  openHere: 'Abrir este projeto',
  notProject: 'Esta pasta não contém um projeto',
  up: 'Acima',
  path: 'Pasta',
  drop: 'Solte um arquivo de dados para começar um projeto com ele',
  dropped: 'Trazendo {file} …',
  place: 'Novos projetos ficam em {folder}',
} satisfies Words<typeof en>
