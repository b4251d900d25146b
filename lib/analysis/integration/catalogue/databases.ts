import { type KindCatalogue, named } from './entry.ts';

const statements = /^(execute|executemany|executescript|execute_async)$/;

const pythonDrivers = [
  'sqlite3',
  'aiosqlite',
  'duckdb',
  'psycopg2',
  'psycopg',
  'asyncpg',
  'pg8000',
  'pymysql',
  'MySQLdb',
  'mysql.connector',
  'aiomysql',
  'pyodbc',
  'cx_Oracle',
  'oracledb',
  'pymssql',
];

/** Drivers, mappers and caches. */
export const databases: KindCatalogue = {
  python: [
    { modules: ['sqlite3', 'aiosqlite', 'duckdb'], calls: /^connect$/, argument: 'path' },
    {
      modules: ['psycopg2', 'psycopg', 'pg8000', 'MySQLdb', 'aiomysql'],
      calls: /^(connect|create_pool)$/,
      argument: 'url',
      timeout: ['connect_timeout', 'timeout'],
      connection: {},
    },
    {
      // These have limits of their own, of 10 s to 60 s.
      modules: ['asyncpg', 'psycopg_pool', 'pymysql', 'mysql.connector'],
      calls: /^(connect|create_pool|ConnectionPool|AsyncConnectionPool)$/,
      argument: 'url',
    },
    {
      modules: ['pyodbc', 'cx_Oracle', 'oracledb', 'pymssql'],
      calls: /^connect$/,
      argument: 'data',
    },
    {
      modules: pythonDrivers,
      calls: statements,
      argument: 'statement',
    },
    {
      modules: ['asyncpg'],
      calls: /^(fetch|fetchrow|fetchval)$/,
      argument: 'statement',
    },
    {
      modules: ['sqlalchemy', 'sqlmodel', 'databases'],
      calls: /^(create_engine|create_async_engine|Database)$/,
      argument: 'url',
      prepares: true,
    },
    {
      modules: ['sqlalchemy', 'sqlmodel', 'databases'],
      calls: /^(connect|begin|execute|scalars?|commit|flush|fetch_all|fetch_one)$/,
      argument: 'statement',
    },
    {
      modules: ['pymongo', 'motor'],
      calls: /^(MongoClient|AsyncIOMotorClient)$/,
      argument: 'url',
      prepares: true,
    },
    {
      modules: ['pymongo', 'motor'],
      calls: named(String.raw`
        find find_one\w* insert_\w+ update_\w+ delete_\w+ aggregate count_documents bulk_write
      `),
      argument: 'data',
    },
    {
      modules: ['redis', 'aioredis'],
      calls: /^(Redis|StrictRedis|from_url)$/,
      argument: 'url',
      timeout: ['socket_timeout', 'socket_connect_timeout'],
      connection: {},
      prepares: true,
    },
    {
      modules: ['redis', 'aioredis', 'pymemcache', 'memcache'],
      calls: /^(get|set|setex|delete|exists|expire|incr|decr|h\w+|l(push|pop|range)|publish|ping)$/,
      argument: 'key',
    },
    {
      modules: ['elasticsearch', 'opensearchpy', 'cassandra', 'neo4j', 'influxdb_client'],
      calls: /^(search|index|bulk|get|execute|run|write|query|connect|driver)$/,
      argument: 'data',
    },
  ],
  script: [
    {
      modules: ['pg', 'pg-promise', 'mysql', 'mysql2', 'mysql2/promise', 'mariadb', 'mssql'],
      calls: /^(query|execute|connect|one|many|none|any|getConnection|batch)$/,
      argument: 'statement',
    },
    {
      modules: ['postgres', '@neondatabase/serverless', '@vercel/postgres'],
      calls: /^(|query|unsafe|sql|connect)$/,
      argument: 'statement',
    },
    {
      modules: ['better-sqlite3', 'sqlite', 'sqlite3', 'bun:sqlite', '@libsql/client'],
      calls: /^(|Database|DatabaseSync|open)$/,
      argument: 'path',
    },
    {
      modules: ['better-sqlite3', 'sqlite', 'sqlite3', 'bun:sqlite', '@libsql/client'],
      calls: /^(prepare|exec|run|all|get|each|execute|batch|transaction)$/,
      argument: 'statement',
    },
    { modules: ['mongoose', 'mongodb'], calls: /^(connect|createConnection)$/, argument: 'url' },
    {
      modules: ['mongoose', 'mongodb'],
      calls:
        /^(find\w*|insert\w+|update\w+|delete\w+|aggregate|countDocuments|bulkWrite|save|create)$/,
      argument: 'data',
    },
    {
      modules: ['redis', 'ioredis', '@upstash/redis', 'memjs'],
      calls: /^(connect|get|set|setex|del|exists|expire|incr|decr|h\w+|l\w+|publish|ping|eval)$/,
      argument: 'key',
    },
    {
      modules: ['@prisma/client'],
      calls: named(String.raw`
        find\w+ create\w* update\w* upsert delete\w* count aggregate groupBy
        \$\w+Raw\w* \$transaction \$connect
      `),
      argument: 'data',
    },
    {
      modules: ['pg'],
      calls: /^(Pool|Client)$/,
      argument: 'url',
      timeout: ['connectionTimeoutMillis'],
      connection: {},
      prepares: true,
    },
    {
      modules: ['mysql', 'mysql2', 'mysql2/promise', 'mariadb', '@prisma/client', 'ioredis'],
      calls: /^(Pool|Client|createPool|createClient|PrismaClient|Redis|)$/,
      argument: 'url',
      prepares: true,
    },
    {
      modules: ['knex'],
      calls: /^(|raw|select|insert|update|del|transaction)$/,
      argument: 'data',
    },
    {
      modules: ['typeorm', 'sequelize', 'drizzle-orm', '@mikro-orm/core', 'kysely'],
      calls: named(String.raw`
        initialize createConnection authenticate query execute executeTakeFirst\w* save find\w*
        transaction sync
      `),
      argument: 'statement',
    },
    {
      modules: ['@elastic/elasticsearch', 'neo4j-driver', 'cassandra-driver', '@clickhouse/client'],
      calls: /^(search|index|bulk|get|execute|run|query|insert|connect)$/,
      argument: 'data',
    },
  ],
};
