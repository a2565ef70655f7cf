import type {home as en} from '../en/home.ts'
import type {Words} from '../en/index.ts'

export const home = {
  title: 'Projetos',
  recent: 'Projetos recentes',
  none: 'Nenhum projeto ainda. Comece com um modelo, abra uma pasta ou solte um arquivo de dados aqui.',
  missing: 'a pasta não existe mais',
  forget: 'Tirar da lista',
  new: 'Novo projeto',
  name: 'Nome',
  create: 'Criar',
  template: 'Começar com',
  empty: 'um projeto vazio',
  templates: {
    'mini-pipeline': 'Mini-pipeline: um primeiro projeto guiado, com pinguins de verdade',
    'tabular-classification': 'Classificação tabular',
    'tabular-regression': 'Regressão tabular',
    'image-classification': 'Classificação de imagens',
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
