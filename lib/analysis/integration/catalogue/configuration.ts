import type { KindCatalogue } from './entry.ts';

/** Settings that are read from files. Environment variables are facts of their own. */
export const configuration: KindCatalogue = {
  python: [
    {
      modules: ['configparser', 'ConfigParser', 'configobj'],
      calls: /^(read|read_file|readfp|ConfigObj)$/,
      argument: 'path',
    },
    { modules: ['dotenv'], calls: /^(load_dotenv|dotenv_values)$/, argument: 'path' },
    { modules: ['decouple', 'environ'], calls: /^(config|read_env|Env)$/, argument: 'data' },
    { modules: ['dynaconf'], calls: /^(Dynaconf|LazySettings)$/, argument: 'data' },
    { modules: ['tomllib', 'tomli', 'toml'], calls: /^loads?$/, argument: 'data' },
  ],
  script: [
    { modules: ['dotenv'], calls: /^(config|configDotenv|parse)$/, argument: 'path' },
    { modules: ['config', 'nconf', 'rc'], calls: /^(|get|has|file|argv|env)$/, argument: 'data' },
    {
      modules: ['cosmiconfig', 'lilconfig', 'c12', 'convict'],
      calls: /^(|cosmiconfig|cosmiconfigSync|lilconfig|lilconfigSync|loadConfig|loadFile)$/,
      argument: 'data',
    },
  ],
};
