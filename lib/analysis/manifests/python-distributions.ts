/** Top-level modules whose distribution on PyPI has another name. */
const distributions: Record<string, string[]> = {
  Crypto: ['pycryptodome', 'pycrypto'],
  Cryptodome: ['pycryptodomex'],
  IPython: ['ipython'],
  MySQLdb: ['mysqlclient', 'mysql-python'],
  OpenSSL: ['pyopenssl'],
  PIL: ['pillow'],
  Xlib: ['python-xlib'],
  _cffi_backend: ['cffi'],
  _pytest: ['pytest'],
  _yaml: ['pyyaml'],
  attr: ['attrs'],
  azure: ['azure-core'],
  bs4: ['beautifulsoup4'],
  bson: ['pymongo'],
  cv2: ['opencv-python', 'opencv-python-headless', 'opencv-contrib-python'],
  dateutil: ['python-dateutil'],
  decouple: ['python-decouple'],
  discord: ['discord-py'],
  django_filters: ['django-filter'],
  dns: ['dnspython'],
  docx: ['python-docx'],
  dotenv: ['python-dotenv'],
  environ: ['django-environ'],
  faiss: ['faiss-cpu', 'faiss-gpu'],
  fitz: ['pymupdf'],
  flask_sqlalchemy: ['flask-sqlalchemy'],
  git: ['gitpython'],
  github: ['pygithub'],
  gitlab: ['python-gitlab'],
  googleapiclient: ['google-api-python-client'],
  grpc: ['grpcio'],
  jose: ['python-jose'],
  jwt: ['pyjwt'],
  kafka: ['kafka-python'],
  ldap: ['python-ldap'],
  magic: ['python-magic'],
  markdown: ['markdown'],
  memcache: ['python-memcached'],
  multipart: ['python-multipart'],
  mysql: ['mysql-connector-python', 'mysql-connector'],
  nacl: ['pynacl'],
  opensearchpy: ['opensearch-py'],
  paho: ['paho-mqtt'],
  pkg_resources: ['setuptools'],
  pptx: ['python-pptx'],
  psycopg2: ['psycopg2-binary'],
  psycopg_pool: ['psycopg-pool', 'psycopg'],
  pydantic_core: ['pydantic'],
  pythoncom: ['pywin32'],
  pywintypes: ['pywin32'],
  redis: ['redis'],
  rest_framework: ['djangorestframework'],
  ruamel: ['ruamel-yaml'],
  serial: ['pyserial'],
  setuptools: ['setuptools'],
  skimage: ['scikit-image'],
  sklearn: ['scikit-learn'],
  slack: ['slackclient'],
  slugify: ['python-slugify'],
  socketio: ['python-socketio'],
  telegram: ['python-telegram-bot'],
  usb: ['pyusb'],
  websocket: ['websocket-client'],
  win32api: ['pywin32'],
  win32con: ['pywin32'],
  wx: ['wxpython'],
  yaml: ['pyyaml'],
  zmq: ['pyzmq'],
};

/**
 * Normalised names of the distributions that may provide a top-level module, its own name first.
 */
export function distributionsOf(module: string): string[] {
  const name = normalisedName(module);
  // `X` is also published as `python-X`, `pyX` or `X-python` often enough to give it the benefit.
  const usual = [name, `python-${name}`, `py${name}`, `${name}-python`, `django-${name}`];
  return [...usual, ...(distributions[module] ?? [])];
}

/** PEP 503: case and the kind of separator do not matter. */
export function normalisedName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
