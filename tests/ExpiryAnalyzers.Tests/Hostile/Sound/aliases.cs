using StackExchange.Redis;
public class A3 {
  static readonly TimeSpan T = TimeSpan.FromMinutes(1);
  public void RefLocal(IDatabase db, string k) {
    DateTime when = DateTime.Now;
    ref DateTime alias = ref when;
    alias = DateTime.UtcNow.Date;
    db.KeyExpire(k, when);
  }
  public void RefLocalRead(IDatabase db, string k) {
    DateTime when = DateTime.Now;
    ref DateTime alias = ref when;
    when = DateTime.UtcNow.Date;
    db.KeyExpire(k, alias);
  }
  public void RefKey(IDatabase db, string k) {
    string key = k;
    ref string alias = ref key;
    db.StringSet(key, "v");
    alias = k + ":x";
    db.KeyExpire(key, T);
  }
  public void RefKey2(IDatabase db, string k) {
    string key = k;
    ref string alias = ref key;
    db.StringSet(alias, "v");
    key = k + ":x";
    db.KeyExpire(alias, T);
  }
  public void RefReturn(IDatabase db, string k) {
    string key = k;
    db.StringSet(key, "v");
    Pick(ref key) = k + ":x";
    db.KeyExpire(key, T);
  }
  static ref string Pick(ref string s) => ref s;
  public void RefConditional(IDatabase db, string k, bool b) {
    DateTime x = DateTime.Now, y = DateTime.Now;
    (b ? ref x : ref y) = DateTime.UtcNow.Date;
    db.KeyExpire(k, b ? x : y);
  }
  public void RefParam(IDatabase db, string k) {
    DateTime when = DateTime.Now;
    Mend(ref when);
    db.KeyExpire(k, when);
  }
  static void Mend(ref DateTime d) => d = d.ToUniversalTime();
  public void OutParam(IDatabase db, string k) {
    Get(out DateTime when);
    db.KeyExpire(k, when); // expect: EXP101
  }
  static void Get(out DateTime d) => d = DateTime.Now.Date;
  public void OutOk(IDatabase db, string k) {
    GetOk(out var when);
    db.KeyExpire(k, when);
  }
  static void GetOk(out DateTime d) { d = DateTime.Now; d = d.ToUniversalTime().Date; }
  public void Swap(IDatabase db, string k) {
    DateTime a = DateTime.Now.Date, b = DateTime.UtcNow.Date;
    (a, b) = (b, a);
    db.KeyExpire(k, a);
    db.KeyExpire(k + "x", b); // expect: EXP101
  }
  public void SwapKeys(IDatabase db, string a, string b) {
    db.StringSet(a, "v");
    (a, b) = (b, a);
    db.KeyExpire(a, T);
  }
  public void SwapKeysBack(IDatabase db, string a, string b) {
    db.StringSet(a, "v");
    (_, b) = (b, a);
    db.KeyExpire(a, T); // expect: EXP302
  }
  public void Decon(IDatabase db, string k) {
    var (a, b) = (DateTime.Now.Date, DateTime.UtcNow.Date);
    db.KeyExpire(k, a); // expect: EXP101
    db.KeyExpire(k + "x", b);
  }
  public void DeconMethod(IDatabase db, string k) {
    var (a, b) = Both();
    db.KeyExpire(k, a); // expect: EXP101
    db.KeyExpire(k + "x", b);
  }
  static (DateTime, DateTime) Both() => (DateTime.Now.Date, DateTime.UtcNow.Date);
  public void NestedDecon(IDatabase db, string k) {
    var ((a, _), b) = ((DateTime.UtcNow.Date, 1), DateTime.UtcNow.Date);
    a = b;
    db.KeyExpire(k, a);
  }
  public void IsVar(IDatabase db, string k) {
    if (DateTime.Now.Date is var when) db.KeyExpire(k, when); // expect: EXP101
  }
  public void IsPattern(IDatabase db, string k, DateTime? d) {
    DateTime when = DateTime.Now;
    if (d is { } g && g.Kind == DateTimeKind.Utc) when = g; else when = when.ToUniversalTime().Date;
    db.KeyExpire(k, when);
  }
  public void SwitchPattern(IDatabase db, string k, object o) {
    DateTime when = o switch { DateTime { Kind: DateTimeKind.Utc } u => u, DateTime x => x.ToUniversalTime(), _ => DateTime.UtcNow.Date };
    db.KeyExpire(k, when);
  }
  public void CoalesceAssign(IDatabase db, string k, DateTime? d) {
    d ??= DateTime.Now.Date;
    db.KeyExpire(k, d); // expect: EXP101
  }
  public void ListPattern(IDatabase db, string k, DateTime[] ds) {
    if (ds is [var first, ..]) { first = first.ToUniversalTime(); db.KeyExpire(k, first); }
  }
  public void Conditional(IDatabase? db, string k) {
    db?.StringSet(k, "v");
    db?.KeyExpire(k, T); // expect: EXP302
  }
  public void Unsafe(IDatabase db, string k) {
    string key = k;
    db.StringSet(key, "v");
    Interlocked.Exchange(ref key, k + "x");
    db.KeyExpire(key, T);
  }
  public void ArrayElem(IDatabase db, string[] ks, int i) {
    db.StringSet(ks[i], "v");
    ks[i] = "other";
    db.KeyExpire(ks[i], T);
  }
  public void ArrayIndexMoved(IDatabase db, string[] ks, int i) {
    db.StringSet(ks[i], "v");
    i = i + 1;
    db.KeyExpire(ks[i], T);
  }
  public void ArrayElemSame(IDatabase db, string[] ks, int i) {
    db.StringSet(ks[i], "v");
    db.KeyExpire(ks[i], T); // expect: EXP302
  }
  public void PropChanged(IDatabase db, Holder h) {
    db.StringSet(h.Key, "v");
    h.Key = "x";
    db.KeyExpire(h.Key, T);
  }
  public void HolderReplaced(IDatabase db, Holder h, Holder g) {
    db.StringSet(h.Key, "v");
    h = g;
    db.KeyExpire(h.Key, T);
  }
  public void HolderByAlias(IDatabase db, Holder h) {
    Holder g = h;
    db.StringSet(h.Key, "v");
    g.Key = "x";
    db.KeyExpire(h.Key, T);
  }
  public void HolderBySelf(IDatabase db, Holder h) {
    db.StringSet(h.Key, "v");
    h.Next();
    db.KeyExpire(h.Key, T);
  }
  public class Holder { public string Key { get; set; } = ""; public void Next() => Key += "x"; }
  static string NewKey() => "k:" + Guid.NewGuid();
  string Fresh => "k:" + DateTime.UtcNow.Ticks;
  int _n;
  string Counter() => "k:" + _n++;
  string Current() => "k:" + _n;
  public void CurrentKeySame(IDatabase db) {
    db.StringSet(Current(), "v");
    db.KeyExpire(Current(), T); // expect: EXP302
  }
}
