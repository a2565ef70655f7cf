export const home = {
  title: 'Projects',
  recent: 'Recent projects',
  none: 'No project yet. Begin with a template, open a folder, or drop a data file anywhere here.',
  missing: 'its folder is not there',
  forget: 'Take off the list',
  new: 'New project',
  name: 'Name',
  template: 'Begin with',
  empty: 'an empty project',
  templates: {
    'mini-pipeline': 'Mini-pipeline: a guided first project, with real penguins',
    'mini-project': 'Mini-project: a guided project of your own',
    'tabular-classification': 'Tabular classification',
    'tabular-regression': 'Tabular regression',
    'image-classification': 'Image classification',
    'text-classification': 'Text classification',
  },
  about: {
    'mini-pipeline':
      'From a data file to a served model and a drift alarm; everything is done already, to look at and to change.',
    'mini-project':
      'For students: real penguins, prompts instead of finished steps, and a checklist that ticks itself.',
    'tabular-classification':
      'Name the kind of a day in Seattle: seasons by SQL, a baseline and a network on the same split.',
    'tabular-regression':
      'Miles on a gallon: missing values, groups that must not be torn apart, a line and a network, residuals.',
    'image-classification':
      'Read handwritten digits: a folder of images, a convolutional network, and the images that it takes for others.',
    'text-classification':
      'Put spam aside: text messages, campaigns that must not be in two parts, words and pairs of words, and what you type yourself.',
  },
  openFolder: 'Open a folder',
  openHere: 'Open this project',
  notProject: 'This folder holds no project',
  up: 'Up',
  path: 'Folder',
  drop: 'Drop a data file to begin a project with it',
  dropped: 'Bringing in {file} …',
  place: 'New projects go to {folder}',
}
