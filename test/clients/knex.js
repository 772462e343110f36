// Knex: its schema builder and queries, and migrations there and back.
const key = process.argv[2];
const knex = require('knex')({ client: 'pg', connection: { options: '-c binds.bind_key=' + key }, pool: { min: 1, max: 1 } });
(async () => {
	await knex.schema.createTable('k_users', t => { t.increments('id'); t.string('email').notNullable().unique(); t.timestamp('at', { useTz: false }); t.boolean('ok').defaultTo(true); t.decimal('n', 10, 2); });
	await knex.schema.createTable('k_posts', t => { t.bigIncrements('id'); t.integer('user_id').unsigned().references('id').inTable('k_users').onDelete('CASCADE').index(); t.text('body'); });
	await knex.schema.alterTable('k_users', t => { t.string('name', 50); t.dropColumn('at'); t.index(['name']); });
	await knex.schema.alterTable('k_users', t => { t.renameColumn('name', 'nick'); });
	await knex.schema.alterTable('k_users', t => { t.string('nick', 80).notNullable().defaultTo('x').alter(); });
	console.log(await knex('k_users').insert([{ email: 'a@x' }, { email: 'b@x', n: '1.25' }]).returning(['id', 'nick', 'n', 'ok']));
	console.log(await knex('k_posts').insert({ user_id: 1, body: 'é😀' }).returning('id'));
	console.log(await knex('k_users').leftJoin('k_posts', 'k_users.id', 'k_posts.user_id').select('email', 'body').orderBy('k_users.id'));
	try { await knex('k_users').insert({ email: 'a@x' }); } catch (e) { console.log(e.code, e.constraint, e.table, e.detail); }
	console.log(await knex('k_users').insert([{ email: 'a@x', n: '2.50' }, { email: 'c@x', n: '3' }]).onConflict('email').merge().returning(['email', 'nick', 'n']));
	console.log(await knex('k_users').insert({ email: 'c@x', n: '4', nick: 'cc' }).onConflict('email').merge(['nick']).where('k_users.n', '<', 4).returning(['email', 'nick', 'n']));
	console.log(await knex('k_users').insert([{ email: 'a@x', n: '9' }, { email: 'd@x' }]).onConflict('email').ignore().returning('email'));
	console.log(await knex('k_users').select('email', 'nick', 'n').orderBy('email'));
	console.log(await knex.schema.hasTable('k_users'), await knex.schema.hasColumn('k_users', 'nick'));
	console.log((await knex.raw("SELECT binds.get_bind('k_users'::regclass) AS b")).rows);
	await knex.schema.renameTable('k_posts', 'k_notes');
	console.log(await knex('k_notes').count());
	await knex.schema.dropTableIfExists('k_notes');
	await knex.schema.dropTable('k_users');
	console.log(await knex.schema.hasTable('k_users'));
	const steps = {
		one: { up: k => k.schema.createTable('k_one', t => { t.uuid('id').primary(); t.jsonb('data').notNullable(); }), down: k => k.schema.dropTable('k_one') },
		two: { up: k => k.schema.alterTable('k_one', t => { t.integer('n').index(); }), down: k => k.schema.alterTable('k_one', t => { t.dropColumn('n'); }) },
	};
	const migrate = (names, direction) => knex.migrate[direction]({ migrationSource: { getMigrations: async () => names, getMigrationName: m => m, getMigration: async m => steps[m] } });
	const made = async () => (await knex.raw("SELECT relname || ' ' || coalesce(binds.get_bind(oid), 'here') AS t FROM pg_class WHERE relname ~ '^(k_one|knex_migrations)' AND relkind = 'f' ORDER BY 1")).rows.map(r => r.t.replace(key, 'KEY')).join();
	console.log(await migrate(['one'], 'latest'), await migrate(['one', 'two'], 'latest'), await made());
	console.log(await knex('k_one').insert({ id: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', data: { a: [1] }, n: 1 }).returning(['n', 'data']), await migrate(['one', 'two'], 'currentVersion'));
	console.log(await migrate(['one', 'two'], 'down'), Object.keys(await knex('k_one').columnInfo()), await migrate(['one', 'two'], 'rollback'), await made());
	await knex.schema.dropTable('knex_migrations');
	await knex.schema.dropTable('knex_migrations_lock');
	await knex.destroy();
})().catch(e => { console.error(e); process.exit(1); });
