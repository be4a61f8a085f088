namespace System.Runtime.CompilerServices;

/// <summary>Lets the compiler emit records and init-only setters for netstandard2.0, which lacks the type.</summary>
internal static class IsExternalInit;
