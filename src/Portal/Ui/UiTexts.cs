namespace Portal.Ui;

/// <summary>Texts used everywhere: navigation, forms, states. A feature's own texts lie next to the feature.</summary>
public sealed class UiTexts;
