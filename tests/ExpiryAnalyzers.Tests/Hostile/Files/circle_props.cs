using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
class C { string A { get => A + B; set => A = value; } string B { get => A + A; set { B = A; A = value; } } DateTime D { get { return D.AddDays(1); } set { D = value; } } TimeSpan T { get => T2 - T; } TimeSpan T2 { get => T + T2; }
 string Field { get => field + Field; set => field = value + field; } string this[string s] { get => this[this[s]]; } DateTime this[DateTime d] => this[this[d]]; DateTime? N => N ?? N; IDatabase Db => Db; IDatabase Db2 => Db3; IDatabase Db3 => Db2.Multiplexer.GetDatabase();
 void M(string k) { Db.StringSet(A, B); Db.KeyExpire(A, D); Db2.StringGet(this[k]); Db3.KeyExpire(this[k], this[D]); Db.StringSet(Field, 1); Db.KeyExpire(Field, T); Db.KeyExpire(k, N); Db.StringSet(this[this[this[k]]], 1); Db2.KeyExpire(this[this[this[k]]], T2); this.A = this.B; this.B = this.A; Db.KeyExpire(A, this[this[this[D]]]); } }