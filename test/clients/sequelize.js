// Sequelize: sync with force and alter, rows, relations, errors.
const key = process.argv[2];
const { Sequelize, DataTypes, Op } = require('sequelize');
const s = new Sequelize(process.env.PGDATABASE, process.env.PGUSER, '', { dialect: 'postgres', host: process.env.PGHOST, port: process.env.PGPORT, logging: false, dialectOptions: { options: '-c binds.catalogs=tables -c binds.bind_key=' + key }, pool: { max: 1 } });
(async () => {
	const User = s.define('User', { email: { type: DataTypes.STRING, unique: true, allowNull: false }, age: DataTypes.INTEGER });
	const Post = s.define('Post', { title: DataTypes.STRING(50), data: DataTypes.JSONB });
	User.hasMany(Post); Post.belongsTo(User);
	await s.sync({ force: true });
	await s.sync({ force: true });
	const u = await User.create({ email: 'a@x', age: 3 });
	await u.createPost({ title: 'é😀', data: { a: [1, 2] } });
	console.log(JSON.stringify((await User.findAll({ include: Post })).map(x => [x.id, x.email, x.Posts.map(p => [p.title, p.data])])));
	try { await User.create({ email: 'a@x' }); } catch (e) { console.log(e.name, JSON.stringify(e.fields), e.parent.constraint); }
	const [up, inserted] = await User.upsert({ email: 'a@x', age: 4 });
	console.log(up.id, up.email, up.age, inserted);
	console.log((await User.upsert({ email: 'c@x', age: 5 }))[0].age);
	console.log((await User.bulkCreate([{ email: 'c@x', age: 6 }, { email: 'd@x', age: 7 }], { updateOnDuplicate: ['age'], conflictAttributes: ['email'] })).length);
	console.log((await User.bulkCreate([{ email: 'c@x', age: 9 }, { email: 'e@x', age: 8 }], { ignoreDuplicates: true })).length);
	console.log(JSON.stringify((await User.findAll({ order: ['email'] })).map(x => [x.email, x.age])));
	await User.destroy({ where: { age: { [Op.gt]: 4 } } });
	User.rawAttributes.nick = { type: DataTypes.STRING(20), defaultValue: 'n' }; User.refreshAttributes();
	await s.sync({ alter: true });
	await s.sync({ alter: true });
	console.log((await s.query("SELECT conname FROM pg_constraint WHERE contype IN ('p', 'f') AND conrelid IN ('\"Users\"'::regclass, '\"Posts\"'::regclass) ORDER BY 1"))[0].map(x => x.conname).join());
	console.log((await User.create({ email: 'b@x', nick: 'bb' })).nick);
	console.log((await s.query("SELECT relname, binds.get_bind(oid) FROM pg_class WHERE relname IN ('Users', 'Posts') AND relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"))[0]);
	console.log(await User.count(), await Post.count());
	await s.drop();
	console.log((await s.query("SELECT relname FROM pg_class WHERE relname IN ('Users', 'Posts')"))[0]);
	await s.close();
})().catch(e => { console.error(e); process.exit(1); });
