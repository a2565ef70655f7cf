import type {Kinds} from './words.ts'

export const review: Kinds = {
  evaluate: {
    title: 'Avaliar',
    doc: `Métricas com intervalos, curvas e recortes, na parte de teste (ou na de validação, ou nas dobras,
onde não há outra).`,
    params: {
      slices: {
        label: 'Recortes',
        description: 'As colunas cujos valores também são avaliados um a um.',
      },
      seed: {label: 'Semente', description: 'A semente do bootstrap.'},
    },
  },
  register: {
    title: 'Registrar',
    doc: `Faz uma versão no registro a partir de um modelo, ou da avaliação dele, com as métricas. O mesmo
modelo outra vez é a mesma versão.`,
    params: {
      name: {label: 'Nome', description: 'O nome do modelo no registro.'},
      why: {
        label: 'Motivo',
        description: 'Por que esta versão foi feita, para o registro de auditoria.',
      },
    },
  },
  package: {
    title: 'Empacotar',
    doc: `Uma pasta que serve o modelo em qualquer lugar onde o Node rode. Ela é iniciada uma vez e tem de
dar as respostas que o modelo deu aqui.`,
    params: {
      golden: {
        label: 'Linhas de referência',
        description:
          'Quantas linhas de treino o pacote leva e tem de reproduzir, além das linhas difíceis. Com 0 todas ficam de fora, e se prova menos.',
      },
    },
  },
  rehearse: {
    title: 'Ensaiar',
    doc: `Inicia nesta máquina o servidor do próprio pacote, envia a ele as linhas de referência e informa a
latência e as divergências.`,
  },
  drift: {
    title: 'Deriva',
    doc: `Compara as colunas de linhas novas com as linhas de treino de um pacote, por testes que levam em
conta quantas linhas há. De texto livre, compara o comprimento, em caracteres e em palavras.`,
    params: {
      alpha: {
        label: 'Nível de significância',
        description:
          'Com que frequência um alarme pode ser falso, no conjunto de todos os atributos.',
      },
    },
  },
  ts: {title: 'TypeScript'},
  chart: {title: 'Gráfico'},
}
