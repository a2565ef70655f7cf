import type {form as en} from '../en/form.ts'
import type {Words} from '../en/index.ts'

export const form = {
  default: 'padrão: {value}',
  required: 'necessário',
  columnsAll: 'todas as colunas que servem',
  columnsNone:
    'As colunas ficam conhecidas quando a célula anterior tiver sido executada. Nomes podem ser digitados.',
  listHint: 'Separe os itens com vírgulas',
  asText: 'Editar como texto',
  asForm: 'Editar como formulário',
  textHint: 'Os parâmetros como estão no documento (YAML)',
  unreadable: 'Os parâmetros não podem ser lidos como formulário; corrija-os como texto.',
  reset: 'Voltar ao padrão',
  on: 'ligado',
  off: 'desligado',
  notNumber: 'Isto não é um número',
  more: 'Mais ajustes',
  inputs: 'De',
  inputsHint: 'O que esta célula recebe, em ordem',
} satisfies Words<typeof en>
