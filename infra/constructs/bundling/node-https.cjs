// As in node-http.cjs: what `import 'node:https'` loads is not needed.
module.exports = process.getBuiltinModule('node:https');
