export const home = {
  title: 'Projects',
  what: 'A workbench for machine learning, on this machine',
  own: 'Begin with your data',
  ownAbout:
    'Drop a file anywhere here, or choose it: CSV, Excel, JSON, Parquet, Arrow, or a folder of images.',
  choose: 'Choose files …',
  fromTemplate: 'Begin with a template',
  recent: 'Recent projects',
  missing: 'its folder is not there',
  forget: 'Take off the list',
  new: 'New project',
  name: 'Name',
  template: 'Begin with',
  empty: 'Empty project',
  emptyAbout: 'A folder, ready for what you bring.',
  templates: {
    'mini-pipeline': 'Mini-pipeline',
    'mini-project': 'Mini-project',
    'tabular-classification': 'Tabular classification',
    'tabular-regression': 'Tabular regression',
    'image-classification': 'Image classification',
    'text-classification': 'Text classification',
  },
  about: {
    'mini-pipeline':
      'A first project with real penguins, from a data file to a served model and a drift alarm; everything is done already, to look at and to change.',
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
