using StackExchange.Redis;
public class A1 {
  static readonly TimeSpan T = TimeSpan.FromMinutes(1);
  public void NestedFinally(IDatabase db, string k, Action w) {
    DateTime when = DateTime.Now;
    try { try { w(); } finally { w(); } } finally { try { w(); } finally { when = DateTime.UtcNow.Date; } }
    db.KeyExpire(k, when);
  }
  public void CatchRepairs(IDatabase db, string k, Action w) {
    DateTime when = DateTime.Now;
    try { w(); when = DateTime.UtcNow.Date; } catch (Exception) { when = DateTime.UtcNow.Date; }
    db.KeyExpire(k, when);
  }
  public void CatchDoesNot(IDatabase db, string k, Action w) {
    DateTime when = DateTime.Now;
    try { w(); when = DateTime.UtcNow.Date; } catch (Exception) { }
    db.KeyExpire(k, when); // expect: EXP101
  }
  public void CatchRethrows(IDatabase db, string k, Action w) {
    DateTime when = DateTime.Now;
    try { w(); when = DateTime.UtcNow.Date; } catch (Exception) { throw; }
    db.KeyExpire(k, when);
  }
  public void FinallySpoils(IDatabase db, string k, Action w) {
    DateTime when = DateTime.UtcNow.Date;
    try { w(); } finally { when = DateTime.Now; }
    db.KeyExpire(k, when); // expect: EXP101
  }
  public void FinallySometimes(IDatabase db, string k, Action w, bool b) {
    DateTime when = DateTime.Now;
    try { w(); } finally { if (b) when = DateTime.UtcNow.Date; }
    db.KeyExpire(k, when); // expect: EXP101
  }
  public void ReturnInTry(IDatabase db, string k, Action w, bool b) {
    DateTime when = DateTime.Now;
    try { if (b) { return; } when = DateTime.UtcNow.Date; } finally { w(); }
    db.KeyExpire(k, when);
  }
  public void FlagFinally(IDatabase db, string k, Action w) {
    db.StringSet(k, "v");
    bool ok = false;
    try { w(); ok = true; } finally { if (!ok) db.KeyDelete(k); }
    db.KeyExpire(k, T); // expect: EXP302
  }
  public void ExpireInFinally(IDatabase db, string k, Action w) {
    db.StringSet(k, "v");
    try { w(); } finally { db.KeyExpire(k, T); } // expect: EXP302
  }
  public void DeleteInCatchThenExpire(IDatabase db, string k, Action w) {
    try { db.StringSet(k, "v"); w(); } catch { db.KeyDelete(k); }
    db.KeyExpire(k, T); // expect: EXP302
  }
  public void DeletedInBoth(IDatabase db, string k, Action w) {
    try { db.StringSet(k, "v"); w(); db.KeyDelete(k); } catch { db.KeyDelete(k); }
    db.KeyExpire(k, T);
  }
  public void DeletedBothFinally(IDatabase db, string k, Action w, bool b) {
    foreach (var x in new[] { 1, 2 }) {
      try { db.StringSet(k, "v"); if (b) continue; w(); if (x > 1) break; } finally { db.KeyDelete(k); }
    }
    db.KeyExpire(k, T);
  }
  public void KeyChangedInFinally(IDatabase db, string k, Action w) {
    string key = k + ":a";
    try { db.StringSet(key, "v"); w(); } finally { key = k + ":b"; }
    db.KeyExpire(key, T);
  }
  public void FilterWrites(IDatabase db, string k, Action w) {
    DateTime when = DateTime.UtcNow.Date;
    try { w(); } catch (Exception) when ((when = DateTime.Now) > DateTime.MinValue) { db.KeyExpire(k, when); } // expect: EXP101
  }
  public void ThrowExpression(IDatabase db, string k, DateTime? given) {
    DateTime when = DateTime.Now;
    when = given is { } g ? g.ToUniversalTime() : throw new InvalidOperationException();
    db.KeyExpire(k, when);
  }
  public void GotoOutOfFinally(IDatabase db, string k, Action w, int n) {
    DateTime when = DateTime.Now;
  again:
    try { w(); if (n-- > 0) goto again; } finally { when = DateTime.UtcNow.Date; }
    db.KeyExpire(k, when);
  }
  public void LoopFinally(IDatabase db, string k, Action w, int n) {
    DateTime when = DateTime.Now;
    while (true) { try { w(); if (n-- < 0) break; } catch { continue; } finally { when = DateTime.UtcNow.Date; } }
    db.KeyExpire(k, when);
  }
  public void LoopMayNotRun(IDatabase db, string k, Action w, int n) {
    DateTime when = DateTime.Now;
    while (n > 0) { try { w(); n--; } finally { when = DateTime.UtcNow.Date; } }
    db.KeyExpire(k, when); // expect: EXP101
  }
  public void DoRuns(IDatabase db, string k, Action w, int n) {
    DateTime when = DateTime.Now;
    do { w(); when = DateTime.UtcNow.Date; } while (n-- > 0);
    db.KeyExpire(k, when);
  }
  public void TwoDestinations(IDatabase db, string k, Action w, int n) {
    DateTime when = DateTime.Now;
    for (int i = 0; i < n; i++) {
      try { if (i == 3) break; if (i == 4) { when = DateTime.UtcNow.Date; goto done; } w(); } finally { w(); }
    }
    return;
  done:
    db.KeyExpire(k, when);
  }
}
