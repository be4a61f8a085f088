namespace ExpiryAnalyzers.Tests.Programs;

/// <summary>The compiler refused a program.</summary>
internal sealed class DoesNotCompileException(string errors) : Exception(errors);
