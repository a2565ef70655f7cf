import type {Kinds} from './words.ts'

export const data: Kinds = {
  source: {
    title: 'Arquivo de dados',
    doc: `Um arquivo CSV, TSV, JSON, Parquet, Arrow ou Excel do projeto. As linhas que não podem ser lidas
são separadas e contadas.`,
    params: {
      file: {
        label: 'Arquivo',
        description: 'Um caminho no projeto, ou um padrão como data/*.csv.',
      },
      format: {
        label: 'Formato',
        description: 'Se omitido, o nome e os primeiros bytes o indicam.',
      },
      delimiter: {
        label: 'Delimitador',
        description: 'O que separa os campos de uma linha: , ; tabulação (\\t) |',
      },
      quote: {
        label: 'Aspas',
        description: 'O que envolve os campos; vazio para nada. O usual: "',
      },
      escape: {
        label: 'Escape',
        description:
          'O que vem antes de aspas dentro de um campo entre aspas. O usual: as próprias aspas.',
      },
      header: {label: 'Cabeçalho', description: 'Se a primeira linha dá nome às colunas.'},
      skip: {
        label: 'Pular linhas',
        description: 'Quantas linhas ignorar antes do cabeçalho ou da primeira linha de dados.',
      },
      encoding: {
        label: 'Codificação',
        description: 'utf-8, utf-16, latin-1, windows-1252, ou outra que o padrão Encoding nomeie.',
      },
      decimal: {label: 'Separador decimal', description: '1.5 ou 1,5.'},
      thousands: {
        label: 'Separador de milhar',
        description: 'Em 1.234,56 é o ponto; vazio para nenhum.',
      },
      dates: {
        label: 'Formatos de data',
        description: 'Como dd/mm/yyyy; são tentados em ordem, antes dos usuais.',
      },
      types: {
        label: 'Tipos',
        description: 'O tipo de cada coluna em que o inferido não é o desejado.',
      },
      nulls: {
        label: 'Valores ausentes',
        description:
          'Os textos que significam ausência, em todas as colunas; um campo vazio sempre a significa.',
      },
      sheet: {
        label: 'Planilha',
        description: 'Excel: o nome ou o número (a partir de 1) da planilha.',
      },
    },
  },
  images: {
    title: 'Imagens',
    doc: `Uma pasta de arquivos PNG e JPEG como uma tabela de uma linha por arquivo: \`file\`, \`label\` (a pasta
em que ele está) e \`image\`, escalada a um só tamanho. O que é transparente torna-se branco. Os arquivos que não
podem ser lidos são separados e contados.`,
    params: {
      folder: {
        label: 'Pasta',
        description: 'Uma pasta do projeto; os nomes das pastas dentro dela tornam-se os rótulos.',
      },
      width: {
        label: 'Largura',
        description: 'Os pixels, da esquerda à direita, a que cada imagem é escalada.',
      },
      height: {
        label: 'Altura',
        description: 'Os pixels, de cima a baixo, a que cada imagem é escalada.',
      },
      colour: {
        label: 'Cor',
        description: 'rgb: o vermelho, o verde e o azul de cada pixel; grey: somente seu brilho.',
      },
    },
  },
  sql: {
    title: 'SQL',
    doc: `Um SELECT sobre as tabelas do documento. Uma divisão é vista como uma tabela com a coluna
\`part\`, e cada parte como \`name.train\`, \`name.validation\` e \`name.test\`, onde name é o nome da
divisão.`,
  },
  split: {
    title: 'Divisão',
    doc: `Divide as linhas em partes de treino, validação e teste: ao acaso, com estratificação, por grupo
ou pelo tempo. O que as etapas depois dela aprendem, aprendem só das linhas de treino.`,
    params: {
      test: {
        label: 'Teste',
        description: 'A fração das linhas reservada para a última avaliação.',
      },
      validation: {
        label: 'Validação',
        description: 'A fração das linhas para a parada antecipada e para escolher entre modelos.',
      },
      folds: {
        label: 'Dobras',
        description:
          'Quantas dobras a validação cruzada tem, feitas das linhas que não são de teste.',
      },
      stratify: {
        label: 'Estratificar por',
        description: 'Mantém em cada parte as mesmas proporções dos valores desta coluna.',
      },
      group: {
        label: 'Grupo',
        description: 'As linhas de um mesmo grupo nunca ficam em duas partes.',
      },
      time: {
        label: 'Tempo',
        description:
          'As linhas mais recentes formam a parte de teste; as anteriores a elas, a validação.',
      },
    },
  },
}
