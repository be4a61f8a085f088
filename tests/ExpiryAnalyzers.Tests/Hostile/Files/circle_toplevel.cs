//toplevel
using StackExchange.Redis;
IDatabase db = db; string k = k + args[0]; DateTime d = D(); DateTime D() => D().AddDays(1); string K(string s) => K(s) + k; db.StringSet(K(k), 1); db.KeyExpire(K(k), d); goto top; top: db.KeyExpire(k, d); if (args is [var a, ..]) goto top; await Main(args); void Main2() { Main2(); db.StringSet(k, 1); db.KeyExpire(k, d - d); } Main2(); return args.Length; async Task<int> Main(string[] a) => await Main(a);
file class F { public static F It = It; void M(IDatabase db) { db.KeyExpire(It.ToString(), default(DateTime)); } } file class F { } file record R(R r); partial class Program { static void Main() => Main(); string k => k; }
