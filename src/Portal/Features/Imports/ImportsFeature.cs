namespace Portal.Features.Imports;

internal static class ImportsFeature
{
    public static void AddImports(this IServiceCollection services) => services.AddSingleton<ImportTransactions>();
}

/// <summary>Marks the texts of this feature.</summary>
public sealed class ImportTexts;
