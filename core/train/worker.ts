// The program of a training process.
import {models} from '../models/index.ts'
import {serveTraining} from './serve.ts'

serveTraining(models)
