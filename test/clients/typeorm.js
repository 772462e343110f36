// TypeORM: synchronize, which has nothing left to do afterwards, rows, relations, errors.
const key = process.argv[2];
require('reflect-metadata');
const { DataSource, EntitySchema } = require('typeorm');
const user = (extra, roles = []) => new EntitySchema({ name: 'User', tableName: 't_user', columns: { id: { type: Number, primary: true, generated: true }, email: { type: 'varchar', length: 100, unique: true }, role: { type: 'enum', enum: ['admin', 'user', ...roles], default: 'user' }, ...extra }, relations: { posts: { type: 'one-to-many', target: 'Post', inverseSide: 'user' } } });
const Post = new EntitySchema({ name: 'Post', tableName: 't_post', columns: { id: { type: 'bigint', primary: true, generated: 'increment' }, title: { type: 'text' }, created: { type: 'timestamp', createDate: true } }, relations: { user: { type: 'many-to-one', target: 'User', inverseSide: 'posts', onDelete: 'CASCADE' } } });
const source = U => new DataSource({ type: 'postgres', host: process.env.PGHOST, port: +process.env.PGPORT, username: process.env.PGUSER, database: process.env.PGDATABASE, entities: [U, Post], synchronize: true, logging: false, extra: { options: '-c binds.catalogs=tables -c binds.bind_key=' + key, max: 1 } });
const left = async ds => console.log((await ds.driver.createSchemaBuilder().log()).upQueries.map(q => q.query));
(async () => {
	let ds = await source(user({})).initialize();
	await left(ds);
	const u = await ds.getRepository('User').save({ email: 'a@x' });
	await ds.getRepository('Post').save({ title: 'é😀', user: u });
	console.log(JSON.stringify(await ds.getRepository('User').find({ relations: { posts: true }, select: { id: true, email: true, role: true, posts: { title: true } } })));
	try { await ds.getRepository('User').save({ email: 'a@x' }); } catch (e) { console.log(e.name, e.code, e.detail); }
	console.log((await ds.getRepository('User').upsert([{ email: 'a@x', role: 'admin' }, { email: 'c@x' }], ['email'])).identifiers.length);
	console.log((await ds.getRepository('User').find({ order: { id: 'ASC' } })).map(u => u.email + ' ' + u.role));
	await ds.getRepository('User').delete({ email: 'c@x' });
	await ds.destroy();
	ds = await source(user({ nick: { type: 'varchar', nullable: true } }, ['guest'])).initialize();
	await left(ds);
	console.log((await ds.getRepository('User').save({ email: 'b@x', nick: 'n', role: 'guest' })).nick, await ds.getRepository('User').count());
	console.log(await ds.query("SELECT relname, binds.get_bind(oid) FROM pg_class WHERE relname IN ('t_user', 't_post') AND oid = relname::regclass ORDER BY 1"));
	await ds.query('DROP TABLE t_post, t_user');
	console.log(await ds.query("SELECT relname FROM pg_class WHERE relname IN ('t_user', 't_post')"));
	await ds.destroy();
})().catch(e => { console.error(e); process.exit(1); });
