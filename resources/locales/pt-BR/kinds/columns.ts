import type {Kinds} from './words.ts'

export const columns: Kinds = {
  cast: {
    title: 'Mudar o tipo',
    doc: `Lê colunas como outro tipo: texto como números (também valores em dinheiro, com \`decimal\`) ou
datas, números como texto, números inteiros como verdadeiro (diferente de 0) e falso (0). Uma fração é arredondada para o inteiro mais próximo. Um valor que
não pode ser lido interrompe a célula com um erro que o mostra, ou se torna ausente, se assim for pedido; ao
servir o modelo, ele sempre se torna ausente. O que está ausente continua ausente, e \`NaN\` em um texto é
ausente.`,
    params: {
      columns: {label: 'Colunas', description: 'As colunas a mudar.'},
      to: {
        label: 'Novo tipo',
        description:
          'O tipo que elas passam a ter: número (number), inteiro (integer), texto (text), verdadeiro ou falso (boolean), data (date) ou instante (timestamp).',
      },
      format: {
        label: 'Formato',
        description:
          'Como uma data ou um instante está escrito no texto, por exemplo `%d/%m/%Y`; se omitido, ISO 8601.',
      },
      decimal: {
        label: 'Separador decimal',
        description:
          'O separador decimal dos números no texto: `,` lê `R$ 1.234,56`, `.` lê `$1,234.56`; se omitido, números simples como `1234.56`.',
      },
      otherwise: {
        label: 'Se não puder ser lido',
        description:
          'O que acontece com um valor que não pode ser lido como esse tipo: a célula é interrompida com um erro (error), ou ele se torna ausente (missing).',
      },
    },
  },
  derive: {
    title: 'Derivar colunas',
    doc: `Calcula colunas por expressões SQL sobre a linha. Uma coluna nova fica no fim; uma que já existe é
substituída em seu lugar. Todas as expressões veem as colunas que chegam, e não os resultados umas das
outras. NaN se torna ausente. Um valor que não pode ser calculado (um inteiro grande demais) interrompe a
célula; ao servir o modelo, ele se torna ausente.`,
    params: {
      columns: {
        label: 'Colunas',
        description:
          'As colunas novas, cada uma com a expressão SQL que a calcula: `bmi: mass / height ** 2`.',
      },
    },
  },
  drop: {
    title: 'Descartar colunas',
    doc: 'Retira as colunas citadas e mantém todas as outras em sua ordem.',
  },
  rename: {
    title: 'Renomear colunas',
    doc: `Dá novos nomes a colunas; cada uma fica em seu lugar. Duas colunas podem trocar de nome entre
si.`,
    params: {names: {label: 'Nomes', description: 'nome antigo: nome novo'}},
  },
  reorder: {
    title: 'Reordenar colunas',
    doc: `Põe as colunas citadas no começo, na ordem em que são citadas, ou no fim; as outras mantêm sua
ordem.`,
    params: {
      to: {label: 'Mover para', description: 'Ao começo da tabela (front) ou ao fim (back).'},
    },
  },
  select: {
    title: 'Manter colunas',
    doc: 'Mantém as colunas citadas, na ordem em que são citadas, e retira as outras.',
  },
}
