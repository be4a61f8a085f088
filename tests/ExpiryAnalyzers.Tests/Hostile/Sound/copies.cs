using System.Collections.Generic;
using StackExchange.Redis;
public class Copies {
  static readonly TimeSpan T = TimeSpan.FromMinutes(1);
  public void CopyOutlivesWrite(IDatabase db, string a) { string j = a; a = "x"; db.StringSet(a, "v"); db.KeyExpire(j, T); }
  public void ReadBeforeWrite(IDatabase db, string a) { string k = $"{a}"; db.StringSet(k, "v"); a = "b"; db.KeyExpire($"{a}", T); }
  public void CopyIsStillTheKey(IDatabase db, string a) { string k = $"{a}"; db.StringSet(k, "v"); a = "b"; db.KeyExpire(k, T); } // expect: EXP302
  public void CopyOfUnchanged(IDatabase db, string a) { string k = a; string j = k; db.StringSet(k, "v"); db.KeyExpire(j, T); } // expect: EXP302
  public void MadeInEachRound(IDatabase db) { for (int i = 0; i < 2; i++) { string k = "a:" + i; db.StringSet(k, "v"); db.KeyExpire("a:" + i, T); } } // expect: EXP302
  public void MadeBeforeTheLoop(IDatabase db, int n) { int i = 0; string k = "b:" + i; while (i < n) { db.StringSet("b:" + i, "v"); db.KeyExpire(k, T); i++; } }
  public void Moves(IDatabase db, IEnumerator<string> e) { db.StringSet(e.Current, "v"); e.MoveNext(); db.KeyExpire(e.Current, T); }
}
