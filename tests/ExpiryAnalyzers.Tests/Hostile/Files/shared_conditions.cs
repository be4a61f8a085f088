using StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using System.Runtime.CompilerServices;
using System.Linq.Expressions;
partial class C { 
 void M(IDatabase db, string k, DateTime d, TimeSpan t, bool flag, int n, string[] many, IDistributedCache cache, IMemoryCache memory, dynamic any) {
bool a0 = d.Kind == DateTimeKind.Utc;
bool a1 = (a0 && a0) || (!a0 || a0);
bool a2 = (a1 && a1) || (!a1 || a1);
bool a3 = (a2 && a2) || (!a2 || a2);
bool a4 = (a3 && a3) || (!a3 || a3);
bool a5 = (a4 && a4) || (!a4 || a4);
bool a6 = (a5 && a5) || (!a5 || a5);
bool a7 = (a6 && a6) || (!a6 || a6);
bool a8 = (a7 && a7) || (!a7 || a7);
bool a9 = (a8 && a8) || (!a8 || a8);
bool a10 = (a9 && a9) || (!a9 || a9);
bool a11 = (a10 && a10) || (!a10 || a10);
bool a12 = (a11 && a11) || (!a11 || a11);
bool a13 = (a12 && a12) || (!a12 || a12);
bool a14 = (a13 && a13) || (!a13 || a13);
bool a15 = (a14 && a14) || (!a14 || a14);
bool a16 = (a15 && a15) || (!a15 || a15);
bool a17 = (a16 && a16) || (!a16 || a16);
bool a18 = (a17 && a17) || (!a17 || a17);
bool a19 = (a18 && a18) || (!a18 || a18);
bool a20 = (a19 && a19) || (!a19 || a19);
bool a21 = (a20 && a20) || (!a20 || a20);
bool a22 = (a21 && a21) || (!a21 || a21);
bool a23 = (a22 && a22) || (!a22 || a22);
bool a24 = (a23 && a23) || (!a23 || a23);
bool a25 = (a24 && a24) || (!a24 || a24);
bool a26 = (a25 && a25) || (!a25 || a25);
bool a27 = (a26 && a26) || (!a26 || a26);
bool a28 = (a27 && a27) || (!a27 || a27);
bool a29 = (a28 && a28) || (!a28 || a28);
bool a30 = (a29 && a29) || (!a29 || a29);
bool a31 = (a30 && a30) || (!a30 || a30);
bool a32 = (a31 && a31) || (!a31 || a31);
bool a33 = (a32 && a32) || (!a32 || a32);
bool a34 = (a33 && a33) || (!a33 || a33);
bool a35 = (a34 && a34) || (!a34 || a34);
bool a36 = (a35 && a35) || (!a35 || a35);
bool a37 = (a36 && a36) || (!a36 || a36);
bool a38 = (a37 && a37) || (!a37 || a37);
bool a39 = (a38 && a38) || (!a38 || a38);
bool a40 = (a39 && a39) || (!a39 || a39);
bool a41 = (a40 && a40) || (!a40 || a40);
bool a42 = (a41 && a41) || (!a41 || a41);
bool a43 = (a42 && a42) || (!a42 || a42);
bool a44 = (a43 && a43) || (!a43 || a43);
bool a45 = (a44 && a44) || (!a44 || a44);
bool a46 = (a45 && a45) || (!a45 || a45);
bool a47 = (a46 && a46) || (!a46 || a46);
bool a48 = (a47 && a47) || (!a47 || a47);
bool a49 = (a48 && a48) || (!a48 || a48);
bool a50 = (a49 && a49) || (!a49 || a49);
bool a51 = (a50 && a50) || (!a50 || a50);
bool a52 = (a51 && a51) || (!a51 || a51);
bool a53 = (a52 && a52) || (!a52 || a52);
bool a54 = (a53 && a53) || (!a53 || a53);
bool a55 = (a54 && a54) || (!a54 || a54);
bool a56 = (a55 && a55) || (!a55 || a55);
bool a57 = (a56 && a56) || (!a56 || a56);
bool a58 = (a57 && a57) || (!a57 || a57);
bool a59 = (a58 && a58) || (!a58 || a58);
bool a60 = (a59 && a59) || (!a59 || a59);
if (a60) db.KeyExpire(k, d); else db.KeyExpire(k, DateTime.Now);
bool b0 = db.KeyExists(k);
bool b1 = b0 ? b0 : b0 ^ b0;
bool b2 = b1 ? b1 : b1 ^ b1;
bool b3 = b2 ? b2 : b2 ^ b2;
bool b4 = b3 ? b3 : b3 ^ b3;
bool b5 = b4 ? b4 : b4 ^ b4;
bool b6 = b5 ? b5 : b5 ^ b5;
bool b7 = b6 ? b6 : b6 ^ b6;
bool b8 = b7 ? b7 : b7 ^ b7;
bool b9 = b8 ? b8 : b8 ^ b8;
bool b10 = b9 ? b9 : b9 ^ b9;
bool b11 = b10 ? b10 : b10 ^ b10;
bool b12 = b11 ? b11 : b11 ^ b11;
bool b13 = b12 ? b12 : b12 ^ b12;
bool b14 = b13 ? b13 : b13 ^ b13;
bool b15 = b14 ? b14 : b14 ^ b14;
bool b16 = b15 ? b15 : b15 ^ b15;
bool b17 = b16 ? b16 : b16 ^ b16;
bool b18 = b17 ? b17 : b17 ^ b17;
bool b19 = b18 ? b18 : b18 ^ b18;
bool b20 = b19 ? b19 : b19 ^ b19;
bool b21 = b20 ? b20 : b20 ^ b20;
bool b22 = b21 ? b21 : b21 ^ b21;
bool b23 = b22 ? b22 : b22 ^ b22;
bool b24 = b23 ? b23 : b23 ^ b23;
bool b25 = b24 ? b24 : b24 ^ b24;
bool b26 = b25 ? b25 : b25 ^ b25;
bool b27 = b26 ? b26 : b26 ^ b26;
bool b28 = b27 ? b27 : b27 ^ b27;
bool b29 = b28 ? b28 : b28 ^ b28;
bool b30 = b29 ? b29 : b29 ^ b29;
bool b31 = b30 ? b30 : b30 ^ b30;
bool b32 = b31 ? b31 : b31 ^ b31;
bool b33 = b32 ? b32 : b32 ^ b32;
bool b34 = b33 ? b33 : b33 ^ b33;
bool b35 = b34 ? b34 : b34 ^ b34;
bool b36 = b35 ? b35 : b35 ^ b35;
bool b37 = b36 ? b36 : b36 ^ b36;
bool b38 = b37 ? b37 : b37 ^ b37;
bool b39 = b38 ? b38 : b38 ^ b38;
bool b40 = b39 ? b39 : b39 ^ b39;
bool b41 = b40 ? b40 : b40 ^ b40;
bool b42 = b41 ? b41 : b41 ^ b41;
bool b43 = b42 ? b42 : b42 ^ b42;
bool b44 = b43 ? b43 : b43 ^ b43;
bool b45 = b44 ? b44 : b44 ^ b44;
bool b46 = b45 ? b45 : b45 ^ b45;
bool b47 = b46 ? b46 : b46 ^ b46;
bool b48 = b47 ? b47 : b47 ^ b47;
bool b49 = b48 ? b48 : b48 ^ b48;
bool b50 = b49 ? b49 : b49 ^ b49;
bool b51 = b50 ? b50 : b50 ^ b50;
bool b52 = b51 ? b51 : b51 ^ b51;
bool b53 = b52 ? b52 : b52 ^ b52;
bool b54 = b53 ? b53 : b53 ^ b53;
bool b55 = b54 ? b54 : b54 ^ b54;
bool b56 = b55 ? b55 : b55 ^ b55;
bool b57 = b56 ? b56 : b56 ^ b56;
bool b58 = b57 ? b57 : b57 ^ b57;
bool b59 = b58 ? b58 : b58 ^ b58;
bool b60 = b59 ? b59 : b59 ^ b59;
if (b60 && !b59 || b58) { db.StringSet(k, 1); db.KeyExpire(k, t); }
bool c0 = db.LockTake(k, k, t);
bool c1 = c0 == true && c0 != false | c0 & c0;
bool c2 = c1 == true && c1 != false | c1 & c1;
bool c3 = c2 == true && c2 != false | c2 & c2;
bool c4 = c3 == true && c3 != false | c3 & c3;
bool c5 = c4 == true && c4 != false | c4 & c4;
bool c6 = c5 == true && c5 != false | c5 & c5;
bool c7 = c6 == true && c6 != false | c6 & c6;
bool c8 = c7 == true && c7 != false | c7 & c7;
bool c9 = c8 == true && c8 != false | c8 & c8;
bool c10 = c9 == true && c9 != false | c9 & c9;
bool c11 = c10 == true && c10 != false | c10 & c10;
bool c12 = c11 == true && c11 != false | c11 & c11;
bool c13 = c12 == true && c12 != false | c12 & c12;
bool c14 = c13 == true && c13 != false | c13 & c13;
bool c15 = c14 == true && c14 != false | c14 & c14;
bool c16 = c15 == true && c15 != false | c15 & c15;
bool c17 = c16 == true && c16 != false | c16 & c16;
bool c18 = c17 == true && c17 != false | c17 & c17;
bool c19 = c18 == true && c18 != false | c18 & c18;
bool c20 = c19 == true && c19 != false | c19 & c19;
bool c21 = c20 == true && c20 != false | c20 & c20;
bool c22 = c21 == true && c21 != false | c21 & c21;
bool c23 = c22 == true && c22 != false | c22 & c22;
bool c24 = c23 == true && c23 != false | c23 & c23;
bool c25 = c24 == true && c24 != false | c24 & c24;
bool c26 = c25 == true && c25 != false | c25 & c25;
bool c27 = c26 == true && c26 != false | c26 & c26;
bool c28 = c27 == true && c27 != false | c27 & c27;
bool c29 = c28 == true && c28 != false | c28 & c28;
bool c30 = c29 == true && c29 != false | c29 & c29;
bool c31 = c30 == true && c30 != false | c30 & c30;
bool c32 = c31 == true && c31 != false | c31 & c31;
bool c33 = c32 == true && c32 != false | c32 & c32;
bool c34 = c33 == true && c33 != false | c33 & c33;
bool c35 = c34 == true && c34 != false | c34 & c34;
bool c36 = c35 == true && c35 != false | c35 & c35;
bool c37 = c36 == true && c36 != false | c36 & c36;
bool c38 = c37 == true && c37 != false | c37 & c37;
bool c39 = c38 == true && c38 != false | c38 & c38;
bool c40 = c39 == true && c39 != false | c39 & c39;
bool c41 = c40 == true && c40 != false | c40 & c40;
bool c42 = c41 == true && c41 != false | c41 & c41;
bool c43 = c42 == true && c42 != false | c42 & c42;
bool c44 = c43 == true && c43 != false | c43 & c43;
bool c45 = c44 == true && c44 != false | c44 & c44;
bool c46 = c45 == true && c45 != false | c45 & c45;
bool c47 = c46 == true && c46 != false | c46 & c46;
bool c48 = c47 == true && c47 != false | c47 & c47;
bool c49 = c48 == true && c48 != false | c48 & c48;
bool c50 = c49 == true && c49 != false | c49 & c49;
bool c51 = c50 == true && c50 != false | c50 & c50;
bool c52 = c51 == true && c51 != false | c51 & c51;
bool c53 = c52 == true && c52 != false | c52 & c52;
bool c54 = c53 == true && c53 != false | c53 & c53;
bool c55 = c54 == true && c54 != false | c54 & c54;
bool c56 = c55 == true && c55 != false | c55 & c55;
bool c57 = c56 == true && c56 != false | c56 & c56;
bool c58 = c57 == true && c57 != false | c57 & c57;
bool c59 = c58 == true && c58 != false | c58 & c58;
bool c60 = c59 == true && c59 != false | c59 & c59;
if (!c60) return; db.LockRelease(k, k);
if ((flag || n == 0 || d.Kind == DateTimeKind.Utc) && (flag || n == 1 || d.Kind == DateTimeKind.Utc) && (flag || n == 2 || d.Kind == DateTimeKind.Utc) && (flag || n == 3 || d.Kind == DateTimeKind.Utc) && (flag || n == 4 || d.Kind == DateTimeKind.Utc) && (flag || n == 5 || d.Kind == DateTimeKind.Utc) && (flag || n == 6 || d.Kind == DateTimeKind.Utc) && (flag || n == 7 || d.Kind == DateTimeKind.Utc) && (flag || n == 8 || d.Kind == DateTimeKind.Utc) && (flag || n == 9 || d.Kind == DateTimeKind.Utc) && (flag || n == 10 || d.Kind == DateTimeKind.Utc) && (flag || n == 11 || d.Kind == DateTimeKind.Utc) && (flag || n == 12 || d.Kind == DateTimeKind.Utc) && (flag || n == 13 || d.Kind == DateTimeKind.Utc) && (flag || n == 14 || d.Kind == DateTimeKind.Utc) && (flag || n == 15 || d.Kind == DateTimeKind.Utc) && (flag || n == 16 || d.Kind == DateTimeKind.Utc) && (flag || n == 17 || d.Kind == DateTimeKind.Utc) && (flag || n == 18 || d.Kind == DateTimeKind.Utc) && (flag || n == 19 || d.Kind == DateTimeKind.Utc) && (flag || n == 20 || d.Kind == DateTimeKind.Utc) && (flag || n == 21 || d.Kind == DateTimeKind.Utc) && (flag || n == 22 || d.Kind == DateTimeKind.Utc) && (flag || n == 23 || d.Kind == DateTimeKind.Utc) && (flag || n == 24 || d.Kind == DateTimeKind.Utc) && (flag || n == 25 || d.Kind == DateTimeKind.Utc) && (flag || n == 26 || d.Kind == DateTimeKind.Utc) && (flag || n == 27 || d.Kind == DateTimeKind.Utc) && (flag || n == 28 || d.Kind == DateTimeKind.Utc) && (flag || n == 29 || d.Kind == DateTimeKind.Utc) && (flag || n == 30 || d.Kind == DateTimeKind.Utc) && (flag || n == 31 || d.Kind == DateTimeKind.Utc) && (flag || n == 32 || d.Kind == DateTimeKind.Utc) && (flag || n == 33 || d.Kind == DateTimeKind.Utc) && (flag || n == 34 || d.Kind == DateTimeKind.Utc) && (flag || n == 35 || d.Kind == DateTimeKind.Utc) && (flag || n == 36 || d.Kind == DateTimeKind.Utc) && (flag || n == 37 || d.Kind == DateTimeKind.Utc) && (flag || n == 38 || d.Kind == DateTimeKind.Utc) && (flag || n == 39 || d.Kind == DateTimeKind.Utc)) db.KeyExpire(k, d);
if ((flag && n == 0 && d.Kind != DateTimeKind.Utc) || (flag && n == 1 && d.Kind != DateTimeKind.Utc) || (flag && n == 2 && d.Kind != DateTimeKind.Utc) || (flag && n == 3 && d.Kind != DateTimeKind.Utc) || (flag && n == 4 && d.Kind != DateTimeKind.Utc) || (flag && n == 5 && d.Kind != DateTimeKind.Utc) || (flag && n == 6 && d.Kind != DateTimeKind.Utc) || (flag && n == 7 && d.Kind != DateTimeKind.Utc) || (flag && n == 8 && d.Kind != DateTimeKind.Utc) || (flag && n == 9 && d.Kind != DateTimeKind.Utc) || (flag && n == 10 && d.Kind != DateTimeKind.Utc) || (flag && n == 11 && d.Kind != DateTimeKind.Utc) || (flag && n == 12 && d.Kind != DateTimeKind.Utc) || (flag && n == 13 && d.Kind != DateTimeKind.Utc) || (flag && n == 14 && d.Kind != DateTimeKind.Utc) || (flag && n == 15 && d.Kind != DateTimeKind.Utc) || (flag && n == 16 && d.Kind != DateTimeKind.Utc) || (flag && n == 17 && d.Kind != DateTimeKind.Utc) || (flag && n == 18 && d.Kind != DateTimeKind.Utc) || (flag && n == 19 && d.Kind != DateTimeKind.Utc) || (flag && n == 20 && d.Kind != DateTimeKind.Utc) || (flag && n == 21 && d.Kind != DateTimeKind.Utc) || (flag && n == 22 && d.Kind != DateTimeKind.Utc) || (flag && n == 23 && d.Kind != DateTimeKind.Utc) || (flag && n == 24 && d.Kind != DateTimeKind.Utc) || (flag && n == 25 && d.Kind != DateTimeKind.Utc) || (flag && n == 26 && d.Kind != DateTimeKind.Utc) || (flag && n == 27 && d.Kind != DateTimeKind.Utc) || (flag && n == 28 && d.Kind != DateTimeKind.Utc) || (flag && n == 29 && d.Kind != DateTimeKind.Utc) || (flag && n == 30 && d.Kind != DateTimeKind.Utc) || (flag && n == 31 && d.Kind != DateTimeKind.Utc) || (flag && n == 32 && d.Kind != DateTimeKind.Utc) || (flag && n == 33 && d.Kind != DateTimeKind.Utc) || (flag && n == 34 && d.Kind != DateTimeKind.Utc) || (flag && n == 35 && d.Kind != DateTimeKind.Utc) || (flag && n == 36 && d.Kind != DateTimeKind.Utc) || (flag && n == 37 && d.Kind != DateTimeKind.Utc) || (flag && n == 38 && d.Kind != DateTimeKind.Utc) || (flag && n == 39 && d.Kind != DateTimeKind.Utc)) db.KeyExpire(k, d);
if (n == 0 ? flag : n != 1 ? !flag : flag) d = d.AddDays(0); else k = k + 0; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 1 ? flag : n != 2 ? !flag : flag) d = d.AddDays(1); else k = k + 1; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 2 ? flag : n != 3 ? !flag : flag) d = d.AddDays(2); else k = k + 2; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 3 ? flag : n != 4 ? !flag : flag) d = d.AddDays(3); else k = k + 3; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 4 ? flag : n != 5 ? !flag : flag) d = d.AddDays(4); else k = k + 4; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 5 ? flag : n != 6 ? !flag : flag) d = d.AddDays(5); else k = k + 5; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 6 ? flag : n != 7 ? !flag : flag) d = d.AddDays(6); else k = k + 6; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 7 ? flag : n != 8 ? !flag : flag) d = d.AddDays(7); else k = k + 7; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 8 ? flag : n != 9 ? !flag : flag) d = d.AddDays(8); else k = k + 8; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 9 ? flag : n != 10 ? !flag : flag) d = d.AddDays(9); else k = k + 9; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 10 ? flag : n != 11 ? !flag : flag) d = d.AddDays(10); else k = k + 10; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 11 ? flag : n != 12 ? !flag : flag) d = d.AddDays(11); else k = k + 11; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 12 ? flag : n != 13 ? !flag : flag) d = d.AddDays(12); else k = k + 12; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 13 ? flag : n != 14 ? !flag : flag) d = d.AddDays(13); else k = k + 13; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 14 ? flag : n != 15 ? !flag : flag) d = d.AddDays(14); else k = k + 14; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 15 ? flag : n != 16 ? !flag : flag) d = d.AddDays(15); else k = k + 15; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 16 ? flag : n != 17 ? !flag : flag) d = d.AddDays(16); else k = k + 16; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 17 ? flag : n != 18 ? !flag : flag) d = d.AddDays(17); else k = k + 17; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 18 ? flag : n != 19 ? !flag : flag) d = d.AddDays(18); else k = k + 18; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 19 ? flag : n != 20 ? !flag : flag) d = d.AddDays(19); else k = k + 19; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 20 ? flag : n != 21 ? !flag : flag) d = d.AddDays(20); else k = k + 20; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 21 ? flag : n != 22 ? !flag : flag) d = d.AddDays(21); else k = k + 21; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 22 ? flag : n != 23 ? !flag : flag) d = d.AddDays(22); else k = k + 22; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 23 ? flag : n != 24 ? !flag : flag) d = d.AddDays(23); else k = k + 23; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 24 ? flag : n != 25 ? !flag : flag) d = d.AddDays(24); else k = k + 24; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 25 ? flag : n != 26 ? !flag : flag) d = d.AddDays(25); else k = k + 25; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 26 ? flag : n != 27 ? !flag : flag) d = d.AddDays(26); else k = k + 26; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 27 ? flag : n != 28 ? !flag : flag) d = d.AddDays(27); else k = k + 27; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 28 ? flag : n != 29 ? !flag : flag) d = d.AddDays(28); else k = k + 28; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 29 ? flag : n != 30 ? !flag : flag) d = d.AddDays(29); else k = k + 29; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 30 ? flag : n != 31 ? !flag : flag) d = d.AddDays(30); else k = k + 30; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 31 ? flag : n != 32 ? !flag : flag) d = d.AddDays(31); else k = k + 31; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 32 ? flag : n != 33 ? !flag : flag) d = d.AddDays(32); else k = k + 32; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 33 ? flag : n != 34 ? !flag : flag) d = d.AddDays(33); else k = k + 33; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 34 ? flag : n != 35 ? !flag : flag) d = d.AddDays(34); else k = k + 34; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 35 ? flag : n != 36 ? !flag : flag) d = d.AddDays(35); else k = k + 35; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 36 ? flag : n != 37 ? !flag : flag) d = d.AddDays(36); else k = k + 36; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 37 ? flag : n != 38 ? !flag : flag) d = d.AddDays(37); else k = k + 37; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 38 ? flag : n != 39 ? !flag : flag) d = d.AddDays(38); else k = k + 38; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 39 ? flag : n != 40 ? !flag : flag) d = d.AddDays(39); else k = k + 39; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 40 ? flag : n != 41 ? !flag : flag) d = d.AddDays(40); else k = k + 40; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 41 ? flag : n != 42 ? !flag : flag) d = d.AddDays(41); else k = k + 41; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 42 ? flag : n != 43 ? !flag : flag) d = d.AddDays(42); else k = k + 42; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 43 ? flag : n != 44 ? !flag : flag) d = d.AddDays(43); else k = k + 43; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 44 ? flag : n != 45 ? !flag : flag) d = d.AddDays(44); else k = k + 44; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 45 ? flag : n != 46 ? !flag : flag) d = d.AddDays(45); else k = k + 45; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 46 ? flag : n != 47 ? !flag : flag) d = d.AddDays(46); else k = k + 46; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 47 ? flag : n != 48 ? !flag : flag) d = d.AddDays(47); else k = k + 47; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 48 ? flag : n != 49 ? !flag : flag) d = d.AddDays(48); else k = k + 48; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 49 ? flag : n != 50 ? !flag : flag) d = d.AddDays(49); else k = k + 49; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 50 ? flag : n != 51 ? !flag : flag) d = d.AddDays(50); else k = k + 50; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 51 ? flag : n != 52 ? !flag : flag) d = d.AddDays(51); else k = k + 51; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 52 ? flag : n != 53 ? !flag : flag) d = d.AddDays(52); else k = k + 52; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 53 ? flag : n != 54 ? !flag : flag) d = d.AddDays(53); else k = k + 53; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 54 ? flag : n != 55 ? !flag : flag) d = d.AddDays(54); else k = k + 54; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 55 ? flag : n != 56 ? !flag : flag) d = d.AddDays(55); else k = k + 55; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 56 ? flag : n != 57 ? !flag : flag) d = d.AddDays(56); else k = k + 56; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 57 ? flag : n != 58 ? !flag : flag) d = d.AddDays(57); else k = k + 57; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 58 ? flag : n != 59 ? !flag : flag) d = d.AddDays(58); else k = k + 58; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
if (n == 59 ? flag : n != 60 ? !flag : flag) d = d.AddDays(59); else k = k + 59; if (d.Kind == DateTimeKind.Utc || flag) { t += t; db.StringSet(k, 1); }
db.KeyExpire(k, d); db.KeyExpire(k, t);
}
}