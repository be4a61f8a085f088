using StackExchange.Redis;
public class A2 {
  static readonly TimeSpan T = TimeSpan.FromMinutes(1);
  public void CalledBefore(IDatabase db, string k) {
    DateTime when = default;
    Mend();
    when = DateTime.Now;
    db.KeyExpire(k, when); // expect: EXP101
    void Mend() { when = DateTime.UtcNow.Date; }
  }
  public void CalledConditionally(IDatabase db, string k, bool b) {
    DateTime when = DateTime.Now;
    if (b) Mend();
    db.KeyExpire(k, when); // expect: EXP101
    void Mend() { when = DateTime.UtcNow.Date; }
  }
  public void CalledInBothBranches(IDatabase db, string k, bool b) {
    DateTime when = DateTime.Now;
    if (b) Mend(); else Mend2();
    db.KeyExpire(k, when);
    void Mend() { when = DateTime.UtcNow.Date; }
    void Mend2() => Mend();
  }
  public void Recursive(IDatabase db, string k, int n) {
    DateTime when = DateTime.Now;
    Mend(n);
    db.KeyExpire(k, when);
    void Mend(int i) { if (i > 0) Mend(i - 1); when = DateTime.UtcNow.Date; }
  }
  public async Task AsyncAwaited(IDatabase db, string k) {
    DateTime when = DateTime.Now;
    await Mend();
    await db.KeyExpireAsync(k, when);
    async Task Mend() { await Task.Yield(); when = DateTime.UtcNow.Date; }
  }
  public async Task AsyncAwaitedVar(IDatabase db, string k) {
    DateTime when = DateTime.Now;
    Task t = Mend();
    await t;
    await db.KeyExpireAsync(k, when);
    async Task Mend() { await Task.Yield(); when = DateTime.UtcNow.Date; }
  }
  public void DeletesKey(IDatabase db, string k) {
    db.StringSet(k, "v");
    Drop();
    db.KeyExpire(k, T);
    void Drop() => db.KeyDelete(k);
  }
  public void DeletesKeyViaDelegate(IDatabase db, string k) {
    Action drop = () => db.KeyDelete(k);
    db.StringSet(k, "v");
    drop();
    db.KeyExpire(k, T);
  }
  public void DeletesKeyViaGroup(IDatabase db, string k) {
    Action drop = Drop;
    db.StringSet(k, "v");
    drop();
    db.KeyExpire(k, T);
    void Drop() => db.KeyDelete(k);
  }
  public void DeletesKeyViaRunner(IDatabase db, string k) {
    db.StringSet(k, "v");
    Run(() => db.KeyDelete(k));
    db.KeyExpire(k, T);
  }
  public void DeletesKeyViaRunnerGroup(IDatabase db, string k) {
    db.StringSet(k, "v");
    Run(Drop);
    db.KeyExpire(k, T);
    void Drop() { db.KeyDelete(k); }
  }
  static void Run(Action a) => a();
  static async Task RunAsync(Func<Task> a) { for (int i = 0; i < 3; i++) try { await a(); return; } catch { } }
  public async Task Polly(IDatabase db, string k) {
    DateTime when = DateTime.Now;
    await RunAsync(async () => { await Task.Yield(); when = DateTime.UtcNow.Date; });
    await db.KeyExpireAsync(k, when);
  }
  public async Task PollyKey(IDatabase db, string k) {
    string key = k;
    await db.StringSetAsync(key, "v");
    await RunAsync(async () => { await Task.Yield(); key = k + ":x"; });
    await db.KeyExpireAsync(key, T);
  }
  public async Task PollyPair(IDatabase db, string k) {
    await RunAsync(async () => { await db.StringSetAsync(k, "v"); await db.KeyExpireAsync(k, T); }); // expect: EXP302
  }
  public async Task TaskRun(IDatabase db, string k) {
    DateTime when = DateTime.UtcNow.Date;
    await Task.Run(() => { when = DateTime.Now; });
    await db.KeyExpireAsync(k, when); // expect: EXP101
  }
  public void TaskRunWait(IDatabase db, string k) {
    DateTime when = DateTime.Now;
    Task.Run(() => { when = DateTime.UtcNow.Date; }).Wait();
    db.KeyExpire(k, when);
  }
  public void ListForEach(IDatabase db, List<string> keys) {
    DateTime when = DateTime.Now;
    keys.ForEach(x => when = DateTime.UtcNow.Date);
    db.KeyExpire("k", when); // expect: EXP101
  }
  public void Linq(IDatabase db, List<string> keys) {
    DateTime when = DateTime.Now;
    bool any = keys.Any(x => { when = DateTime.UtcNow.Date; return true; });
    db.KeyExpire("k", when);
  }
  public void FieldOfLocal(IDatabase db, string k) {
    db.StringSet(_key, "v");
    Next();
    db.KeyExpire(_key, T);
    void Next() { _key = k; }
  }
  public void FieldByMethod(IDatabase db, string k) {
    db.StringSet(_key, "v");
    Change(k);
    db.KeyExpire(_key, T);
  }
  public void FieldByLambda(IDatabase db, string k) {
    db.StringSet(_key, "v");
    Run(() => _key = k);
    db.KeyExpire(_key, T);
  }
  public void FieldUnchanged(IDatabase db, string k) {
    db.StringSet(_key2, "v");
    Change(k);
    db.KeyExpire(_key2, T); // expect: EXP302
  }
  string _key = "a"; string _key2 = "b";
  void Change(string k) { _key = k; }
  public void LocalParamOther(IDatabase db, string k) {
    db.StringSet(k, "v");
    Exp(k + ":x");
    void Exp(string x) => db.KeyExpire(x, T);
  }
  public void LocalNever(IDatabase db, string k) {
    DateTime when = DateTime.Now;
    db.KeyExpire(k, when); // expect: EXP101
    void Never() { when = DateTime.UtcNow.Date; }
  }
  public void Fails(IDatabase db, string k, bool b) {
    DateTime when = DateTime.UtcNow.Date;
    if (b) { when = DateTime.Now; Fail(); }
    db.KeyExpire(k, when);
    void Fail() => throw new InvalidOperationException();
  }
  public void ThrowsInside(IDatabase db, string k, Action w) {
    DateTime when = DateTime.UtcNow.Date;
    try { Step(); } catch { }
    db.KeyExpire(k, when); // expect: EXP101
    void Step() { when = DateTime.Now; w(); when = DateTime.UtcNow.Date; }
  }
  public void FinallyInLocal(IDatabase db, string k, Action w) {
    DateTime when = DateTime.Now;
    try { Step(); } catch { }
    db.KeyExpire(k, when); // expect: EXP101
    void Step() { try { w(); } finally { when = DateTime.UtcNow.Date; } }
  }
  public void StaticLocal(IDatabase db, string k) {
    DateTime when = DateTime.Now;
    Fix(ref when);
    db.KeyExpire(k, when);
    static void Fix(ref DateTime d) { d = d.ToUniversalTime(); }
  }
  public void LocalReturns(IDatabase db, string k) {
    db.KeyExpire(k, When()); // expect: EXP101
    DateTime When() => DateTime.Now.Date;
  }
  public void LocalReturnsCaptured(IDatabase db, string k) {
    DateTime when = DateTime.Now;
    when = DateTime.UtcNow.Date;
    db.KeyExpire(k, When());
    DateTime When() => when;
  }
}
