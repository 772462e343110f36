// Knex: its schema builder and queries.
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
	console.log(await knex.schema.hasTable('k_users'), await knex.schema.hasColumn('k_users', 'nick'));
	console.log((await knex.raw("SELECT binds.get_bind('k_users'::regclass) AS b")).rows);
	await knex.schema.renameTable('k_posts', 'k_notes');
	console.log(await knex('k_notes').count());
	await knex.schema.dropTableIfExists('k_notes');
	await knex.schema.dropTable('k_users');
	console.log(await knex.schema.hasTable('k_users'));
	await knex.destroy();
})().catch(e => { console.error(e); process.exit(1); });
