/**
 * Top-level modules that come with Python: `sys.stdlib_module_names` of 3.11 and what 3.14 added,
 * with the private ones that programs do import.
 * @see https://docs.python.org/3/library/sys.html#sys.stdlib_module_names
 */
const python3 = `
  __future__ _abc _collections_abc _csv _ctypes _io _json _pickle _socket _ssl _thread
  _typeshed _weakref _winapi abc aifc annotationlib antigravity argparse array ast asynchat
  asyncio asyncore atexit audioop base64 bdb binascii bisect builtins bz2 calendar cgi cgitb
  chunk cmath cmd code codecs codeop collections colorsys compileall compression concurrent
  configparser contextlib contextvars copy copyreg cProfile crypt csv ctypes curses dataclasses
  datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno
  faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt
  getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr
  imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging
  lzma mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing
  netrc nis nntplib nt ntpath nturl2path numbers opcode operator optparse os ossaudiodev
  pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint
  profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re
  readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex
  shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile
  sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau
  symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this
  threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle
  turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref
  webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo
`;

/** Names that only Python 2 had: old code imports them inside a try, and they are no packages. */
const python2 = `
  __builtin__ _winreg anydbm BaseHTTPServer commands ConfigParser Cookie cookielib copy_reg
  cPickle cStringIO dummy_thread exceptions htmlentitydefs HTMLParser httplib md5 mimetools new
  popen2 Queue rfc822 robotparser sets sha SimpleHTTPServer SocketServer StringIO thread
  Tkinter tkMessageBox urllib2 urlparse user UserDict whichdb xmlrpclib
`;

const names = new Set(`${python3} ${python2}`.trim().split(/\s+/));

/** Whether `import NAME…` needs nothing installed. Takes the first segment of a dotted name. */
export function isPythonStdlib(topLevelName: string): boolean {
  return names.has(topLevelName);
}
